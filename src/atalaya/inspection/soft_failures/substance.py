"""How much a page says beside the message of a failure: what tells an error page from news, laws and manuals about errors.

A page that failed speaks with few words: what is missing, whom to ask, where to go back to. A page that is about failures
names its own matter too: places, people, sums, dates. So the words that such messages do not use are counted, in the part of
the page that is its message (`core`): without menus, footers, lists, quotations of programs, choices and tables with headings.
"""

import html
import re
from collections.abc import Iterator

from atalaya.catalogue.folding import fold

_ASIDE = re.compile(r"<(/?)(nav|footer|ul|ol|dl|pre|code|select|table)(?=[\s>/])[^<>]{0,600}>", re.IGNORECASE)
_HEADED = re.compile(r"<th[\s>]", re.IGNORECASE)
_QUOTES = ("pre", "code")
_TAGS = re.compile(r"<[^<>]{0,3000}>")
_LINK = re.compile(r"<(/?)a(?=[\s>])[^<>]{0,3000}>", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{4,}")
_MOST = 16_384
"""Characters of a message whose words are counted."""
_STEM = 5
"""Letters of a word that are compared: endings differ by number, person and gender."""

_FAMILIAR = """
a404 abajo abort above accede acces acceso access acesso account acepta acontece acteur activ actual actualiz addres
address administ adress afin agradec ahora aide ainda algo algun alguna also alto amount anonim anterior antes anuncio any
aparec apolog application aquela arquivo archivo article asegur asist asociado attempt attention attack atras aunque auth
autoriz autoris automat available avez avise aviso away back back bajo because been before bien bienven blocked block bloque
bloquea bloqueio boton browse browser browsing busca buscador button cada calidad caminho carregar carga caracter casa case
cause causa centro cerrado certifi chave check choose clave click clicar clique client cliente cloudflare code codigo codice
comien como completa comprob comunic conect conexion conhec configur confirm connect connection consult contact contenido
contenu content conteudo continu contrase control convenien cookie corre corrig correct could count cuenta dados data database
datos daten debe debido dejado demand demora denegado denied deseada desea desculpe desol despues desplaz detail detalle
detect deve diagnos digite direccion direct disculp dispon dispuesto does dominio domain donde down download descarga doubt
editor elimin email empresa encontr enderec enlace ensure enter entre entrar envia equipo erro erreur error escrib espera
essay essaye esta estamos estar estas este esto estos evento exist expir explor external extern fail failed failure falha
falla fallo favor fecha ficheiro fichier file filtr firewall found fonction forbid form fout from fuera funciona further
gateway generated gobierno gracias gratis hable hacer hacia haga happen hard hasta have having help herramient hemos hello
hogar hora hosting host home http https ident iden ignor impos inactiv incident incorrect inconven index indicad indispon
indisp inform ingres inicio inici inside install intent inten intern internet interdit invalid introuv issue javascript
keep later lead lien link ligne limit linea liste local located locat login logo look looking lost lugar maintenance mainten
manera manutenc mantenim mais maneja matter maybe medida mejor mejora mensaje menos menu message mess method might minut
mirar misspel mistake moment momento more mostrar motor move moved movido mudou muevo much mucho name navega naveg necesit
need network never nginx nombre notif nous noved nuestr nueva nuevo number numero object objet obsolet obten ocorr ocurr
ofrec olvid online only oops operac opcion otra otro ouvert owner pagina page para parece pardon parked parou password pasado
pass path pero perdon permis permit person perform place plata platafor please podem poder policy politic porque portal posible
possible posib presion press previ principal problem procesar proces procur program propiet proteg protect protocol proveed
provid proxy prueb public puede pued pued pulse purchas queries query quer quiere razon reach read realiz reason recargar
recib recurs redirec refer refres refresh regist regres reload removed remov renamed renew repeat report request requis requer
resolv resource respon restring restrict result retir retour return retry return revis revisa robot ruta runtime salio salir
search security secur segur seguir sent servi service servicio server serveur serveu session sesion should sido siguient
similar sistema site sitio sito solic soluc some something sometimes soon soporte sorry source spell status still stop store
subscri suced suggest supplied support sure suspend suspen system technic tecnic temporal temporar tente than that their them
there these thing this through tiempo tiene time timeout todo token topic track trabaj traffic trafic transact trat trouver
type ubic unable unavailable under unexpected unfortun unhandl unknown unusual unus update upgrade urls used user using usted
usuario utili util vaya veri veuillez verif version visit visitor visita volver volte voltar vous votre vuelva want warning
webmaster website welcome well were what when where which while will window with within without work would wrong your yourself
alojamiento aloj aparcad plan trial billing payment pago venta sale compr expired expirado vencid renov hosted parking
verification human humano pessoa challenge puzzle captcha letras imagen image characters secure seguridad completing browser
exception stack trace line file fatal syntax undefined null parameter argument function class module debug traceback
lundi mardi veuill serait etait cette dans elle avec sont pour plus vers sans nos notre votre moment maint
contactez revenez ressource demande accueil retourner adresse page suivant peut etre supprime deplace
nosso nossa voce seus suas pela pelo este essa esse isso aqui onde quando porem tempo breve depois agora favor
desde sobre entre cuando quien cual cuales esas esos ella ellos nosotros toda todas todos solo tambien
about after again also another been both each every into just like made make many most must once other over same such
then they those upon very whether
chose quelque oublie merci patien rafraichir reessayer essayer equipe technique administrateur serveur probleme rencontre cours
actuel acceder droits necessaire identifiant inconnu raison securite requete rejetee limite produit survenu lorsque faire faisiez
indiquer autoris reponse bloque
pedido solicitacao requisicao servidor tente novamente mais tarde contate suporte problema ocorrido acessar permissao bloqueado
seguranca senha removido alterado procura transtorno trabalhando resolver logo digitado
molestias molestar resolver brevedad estara estaremos restablec reintent escrita bloque peticion condicion respuesta descripcion
apolog inconv working shortly resolved mistyped outdated bookmark broken typed spelled reference quote notified logs encountered
misconfig occurred occurs condition fulfill custom settings details viewed detected webpage advertis sedo disclaim relation third
party domains firewall powered ticket actions answer example being current however notfound collection dataset layer
feature method field record entry response state description
"""
FAMILIAR = frozenset(word[:_STEM] for word in _FAMILIAR.split())
"""Beginnings of the words of messages about failures, and of the small words of English, Spanish, Portuguese and French."""


def core(marked: str) -> tuple[str, str]:
    """The markup of a page's own message, and what it quotes of programs (`pre`, `code`)."""
    kept: list[str] = []
    quoted: list[str] = []
    for aside, piece in _pieces(marked):
        if aside is None:
            kept.append(piece)
        elif aside in _QUOTES:
            quoted.append(piece)
        elif aside == "table" and not _HEADED.search(piece):
            kept.append(piece)
    return " ".join(kept), " ".join(quoted)


def _pieces(marked: str) -> Iterator[tuple[str | None, str]]:
    """The markup cut at elements that stand aside, each with the name of the outermost one."""
    start, name, depth = 0, None, 0
    for tag in _ASIDE.finditer(marked):
        found = tag.group(2).lower()
        closes = tag.group(1) == "/"
        if name is None and not closes:
            yield None, marked[start : tag.start()]
            start, name, depth = tag.end(), found, 1
        elif name == found:
            depth += -1 if closes else 1
            if depth == 0:
                yield name, marked[start : tag.start()]
                start, name = tag.end(), None
    yield name, marked[start:]


def cells_under_headings(marked: str) -> int:
    """How many cells of data a page has, 0 where no table of it has headings."""
    return marked.lower().count("<td") if _HEADED.search(marked) else 0


def visible(marked: str) -> str:
    """The text between tags, blanks made one."""
    return " ".join(html.unescape(_TAGS.sub(" ", marked)).split())


def words_of(marked: str) -> tuple[int, int]:
    """How many different words of four letters or more a page's message has outside links, and how many of them are none that
    messages about failures use."""
    words = set(_WORD.findall(fold(visible(_without_links(marked[:_MOST])))))
    return len(words), sum(word[:_STEM] not in FAMILIAR for word in words)


def foreign_in_text(folded: str) -> int:
    """How many different words of a folded text no message about failures uses."""
    return len({word for word in _WORD.findall(folded) if word[:_STEM] not in FAMILIAR})


def _without_links(marked: str) -> str:
    kept, start, inside = [], 0, False
    for tag in _LINK.finditer(marked):
        if not inside:
            kept.append(marked[start : tag.start()])
        start, inside = tag.end(), tag.group(1) != "/"
    return " ".join([*kept, "" if inside else marked[start:]])
