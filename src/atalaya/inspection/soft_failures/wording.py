"""Words that several kinds of soft failure share, folded, in English, Spanish, Portuguese and French."""

THING = (
    r"(?:pagina(?: web)?|recurso|archivo|fichero|documento|contenido|sitio|ruta|direccion|url|enlace|page|web page|"
    r"resource|file|"
    r"document|content|site|object|conteudo|descarga|informe|reporte|publicacion|articulo|imagen|identificador|item|identifier|download|article|publication|lien|documents?|arquivo|ficheiro|endereco|ressource|fichier|contenu|adresse|dataset|"
    r"conjunto de datos)"
)
"""What may be missing."""

ARTICLE = (
    r"(?:(?:la|el|los|las|the|this|that|a|o|le|l|cette|ce|esta|este|lo sentimos|oops|ups|sorry|desculpe|"
    r"desole|we) ){0,3}"
)

_MISSING = (
    r"(?:no (?:se )?(?:ha sido |fue |pudo ser |ha |pudo )?(?:encontrad[oa]s?|encontro|encuentra|encontrar|existe|"
    r"disponible|"
    r"esta disponible|esta)|"
    r"(?:was |is |could |can |were )?not (?:be )?(?:found|exist|available)|(?:does|do) not exist|cannot be found|"
    r"not found|"
    r"nao (?:foi |pode ser )?(?:encontrad[oa]|existe|localizad[oa]|disponivel)|(?:est )?introuvable|n existe pas|"
    r"non trouvee?|n a pas ete trouvee?|"
    r"(?:could not|cannot|can not) be located|(?:has been|have been|was|were) (?:moved|removed|deleted|withdrawn)|"
    r"(?:ha sido|fue|han sido|fueron) (?:movid|eliminad|borrad|removid|retirad|dad[oa] de baja|suprimid)\w*|"
    r"(?:foi|foram) (?:movid|removid|excluid|apagad|eliminad)\w*|(?:a ete|ont ete) (?:supprim|deplac|retir)\w*|"
    r"(?:no longer|ya no (?:esta|se encuentra|existe)|nao esta mais|n est plus) ?(?:available|disponible|disponivel)?|"
    r"(?:is|are) (?:gone|missing)|ha desaparecido|"
    r"does not correspond to (?:a|any) valid)"
)

_SEEK = (
    r"(?:no (?:se )?(?:pudimos|pudo|podemos|puede|hemos|ha|logramos|ha podido|hemos podido) (?:encontr|localiz|hall)\w*|"
    r"no (?:encontramos|localizamos|se encontro|se localizo|se hallo|existe)|(?:could not|couldn t|cannot|can t|unable to|"
    r"did not|were not able to) (?:find|locate)|nao (?:encontramos|foi possivel encontrar|conseguimos encontrar|existe)|"
    r"n avons pas (?:pu )?trouve\w*|impossible de trouver)"
)
"""What is said of somebody who sought in vain, before the thing is named."""

_WRONG = (
    r"(?:(?:invalid|unknown|nonexistent) (?:identifier|id|document|file|page|url|link|resource|handle|item)|"
    r"(?:identificador|documento|archivo|fichero|ficheiro|enlace|recurso|pagina|url|id) "
    r"(?:no valid[oa]|invalid[oa]|desconocid[oa]|inexistente|"
    r"eliminad[oa]|caducad[oa])|(?:identificador|arquivo|link|pagina) (?:invalid[oa]|inexistente)|"
    r"(?:identifiant|lien|fichier) (?:invalide|inconnu|inexistant))"
)

NUMBERED = r"(?:(?:http )?(?:error|erro|erreur|codigo|code|status|estado)s? ){0,3}(?:http )?"

ABSENT = (
    rf"(?:{NUMBERED}40[4]|{NUMBERED}410|404 error|(?:{NUMBERED}4(?:04|"
    rf"10) (?:error )?(?:- )?)?{ARTICLE}(?:requested )?{THING}"
    rf"(?: (?:solicitad[oa]|buscad[oa]|requerid[oa]|requested|demandee?|que (?:busca|buscas|solicita|usted busca)|"
    rf"you (?:are|were) looking for))? {_MISSING}|(?:{NUMBERED}4(?:04|10) )?(?:error )?(?:not found|no encontrad[oa]|"
    rf"nao encontrad[oa]|"
    r"gone|introuvable|no existe)|file or directory not found|(?:we )?(?:can t|cannot|couldn t) find (?:that|the|"
    r"this) (?:page|file)|"
    r"nothing (?:was )?found(?: here)?|page introuvable|no hemos encontrado la pagina|no encontramos la pagina|"
    rf"{_WRONG}|{_SEEK} (?:\w+ ){{0,4}}{THING}(?: (?:solicitad[oa]|requested|que (?:busca|buscas)|you (?:are|"
    rf"were) looking for))?)"
)
"""A whole title or heading that says that nothing is at an address."""

ABSENT_SENTENCE = (
    rf"\b{THING}\b(?: \w+){{0,9}} (?:{_MISSING}|has been (?:removed|deleted)|ha sido (?:eliminad[oa]|borrad[oa]|"
    rf"movid[oa])|"
    r"no longer exists|n existe plus|ya no existe|might have been removed|no se encuentra(?: disponible)?)|"
    rf"\b{_SEEK} (?:\w+ ){{0,4}}{THING}\b|\b{_WRONG}\b"
)
"""A sentence that says so: the thing, some words, and that it is missing."""

FORBIDDEN = (
    rf"(?:{NUMBERED}403(?: forbidden)?|forbidden|(?:error )?(?:403 )?(?:access|acceso|acesso|"
    rf"acces) (?:to this (?:page|site|resource) )?"
    r"(?:is |has been )?(?:denied|denegado|negado|refuse|restringido|bloqueado|bloque|blocked|interdit|prohibido|"
    r"forbidden)|"
    r"(?:403 )?prohibido|(?:403 )?proibido|interdit|request (?:rejected|blocked|denied)|solicitud (?:rechazada|"
    r"bloqueada|denegada)|"
    r"requisicao (?:rejeitada|bloqueada)|requete rejetee|web page blocked|pagina (?:web )?bloqueada|"
    r"you have been blocked|"
    r"sorry you have been blocked|the request is blocked|application blocked|not acceptable|406 not acceptable|"
    r"you don t have permission to access .{0,120})"
)
"""A whole title or heading that says that a filter refused."""

SERVER_ERROR = (
    rf"(?:{NUMBERED}(?:500|501|502|504)(?: .{{0,60}})?|(?:500 )?internal server error|"
    rf"error interno(?: del? (?:el )?(?:servidor|sistema))?|"
    r"server error(?: in .{0,60})?|(?:50[24] )?bad gateway|(?:504 )?gateway time ?out|runtime error|"
    r"application error|database error|"
    r"fatal error|error de (?:la )?(?:base de datos|conexion|servidor|sistema|aplicacion|ejecucion)(?: .{0,40})?|"
    r"error (?:establishing|al establecer) .{0,60}|error (?:del|no|en el|de) (?:servidor|sistema|aplicacion)|"
    r"(?:an |a |un |se |ha |ocurrio |hubo |une )?(?:unexpected |unhandled |ha )?(?:error|erreur|"
    r"erro)(?: inesperad[oa])?"
    r"(?: (?:has|have|was))? ?(?:occurred|ocurrid[oa]|occured|s est produite|ocorreu)|"
    r"(?:ha ocurrido|ocurrio|se (?:ha producido|produjo)|ocorreu|hubo) un?m? (?:error|erro)(?: .{0,40})?|"
    r"erro interno(?: do servidor)?|erreur interne(?: du serveur)?|error report|informe de error|exception|excepcion|"
    r"(?:whoops looks like|we (?:re|are) sorry but|oops) something went wrong(?: \d{3})?|\w{3,60}(?:error|exception) at .{0,120}|"
    r"whitelabel error page|action controller exception caught|(?:tiempo de espera|timeout) (?:agotado|excedido)|"
    r"something went wrong|algo (?:salio mal|deu errado)|stack trace|"
    r"http status 5\d\d(?: .{0,60})?|http status 4\d\d(?: .{0,60})?)"
)
"""A whole title or heading that says that a program failed."""

UNAVAILABLE = (
    r"(?:(?:(?:sitio|portal|pagina|sistema|servicio|site|sistema) (?:web )?)?(?:en|em|in|under|bajo|down for) "
    r"(?:\w+ )?(?:mantenimiento|manutencao|maintenance|construccion|construcao|construction)|"
    r"mantenimiento(?: programado)?|"
    r"(?:site |portal |sistema |servico )?(?:temporariamente )?fora do ar(?: temporariamente)?|"
    r"(?:we (?:are|re) )?(?:currently )?(?:upgrading|updating) (?:our|the) (?:site|platform|system|portal).{0,60}|"
    r"(?:estamos |nos encontramos )(?:actualizando|mejorando|en mantenimiento|trabajando).{0,60}|"
    r"(?:scheduled |site |planned )?maintenance(?: mode)?|manutencao(?: programada)?|maintenance en cours|"
    r"coming soon|proximamente|"
    rf"(?:{NUMBERED}503 )?service (?:is )?(?:temporarily )?unavailable|{NUMBERED}503|(?:sitio|servicio|portal|sistema) "
    r"(?:temporalmente )?(?:no disponible|fuera de (?:servicio|linea)|suspendido)(?: temporalmente)?|"
    r"temporarily unavailable|"
    r"fuera de servicio|servico (?:temporariamente )?indisponivel|service (?:temporairement )?indisponible|"
    r"we ll be (?:right )?back(?: soon)?|volvemos (?:pronto|enseguida)|back soon|nous revenons bientot)"
)
"""A whole title or heading that says that a site rests."""
