"""Names that people are given, in Spanish, English, Portuguese and French: words by which a name of a person is
told."""

from atalaya.inspection.kinds import words

GIVEN_NAMES = words(
    """
    aaron abel abigail abraham adam adela adolfo adrian adriana agustin ahmed aida alain alan alba albert alberto
    alejandra alejandro alex alexander alexandra alexandre alexis alfonso alfredo alice alicia alison allison alma
    alvaro amada amalia amanda amelia amy ana anabel anderson andre andrea andreas andres andrew andy angel angela
    angelica angie anibal anita ann anna anne annie anthony antoine antonia antonio araceli ariel armando arnoldo
    arthur arturo ashley astrid audrey augusto aura aurelio aurora axel baltazar barbara beatrice beatriz benito
    benjamin bernard bernardo berta betty bianca blanca boris brandon brenda brian bruce bruno byron camila camille
    carl carla carlos carmen carol carolina caroline catalina catherine cecilia celeste celia cesar charles
    charlotte chloe chris christian christina christine christophe christopher cindy claire clara claude claudia
    claudio clement consuelo corinne craig cristian cristina cristobal cynthia daniel daniela danielle danilo dario
    darren dave david dean debbie deborah delfina delia delphine denis denise dennis derek diana diane diego dina
    dolores dominic dominique donald donna dora doris dorothy douglas duncan dylan edgar edgardo edith edmundo
    eduardo edward edwin elaine elba eleanor elena elias elisa elisabeth elizabeth ella ellen elmer elsa elvira
    emilia emilie emilio emily emma emmanuel enrique eric erica erick erik erika ernesto esmeralda esperanza estela
    esteban estefania esther estuardo eugenia eugenio eva evelyn ezequiel fabian fabio fabiola fabrice fatima
    federico felicia felipe felix fernanda fernando fidel flor florencia florian floriane fran frances francesca
    francesco francis francisca francisco franck frank frederic frederick gabriel gabriela gabrielle gary gaston
    genaro george georgina gerald gerard gerardo german gilberto gilda gilles gina giovanni gisela gladys glenda
    gloria gonzalo gordon graciela graham greg gregorio gregory guadalupe guillaume guillermo gustavo hannah harold
    harry haydee heather hector heidi helen helena henry herbert heriberto herman hernan hilda hipolito horacio
    hortensia howard hugh hugo humberto ian ignacio ilse ines ingrid irene iris irma isaac isabel isabella isabelle
    isaias ismael israel ivan ivonne jack jackson jacob jacqueline jacques jaime jake james jamie jane janet jasmine
    jason javier jazmin jean jeannette jeff jeffrey jennifer jenny jeremias jeremy jerome jessica jesus jim jimena
    jimmy joan joanna joao joaquin joe joel johanna john johnny jonas jonathan jordan jorge jose josefa josefina
    joseph josephine joshua josue juan juana juanita judith jules julia julian juliana julie julien juliet julieta
    julio justin karen karina karl karla kate katherine kathleen kathryn katia kelly ken kenia kenneth kerry kevin
    kim kimberly kyle lara larry laura laure laurent lauren lawrence leandro leo leonardo leonel leonor leopoldo
    leslie leticia lidia lilian liliana linda lisa liza lorena lorenzo louis louise lourdes luc luca lucas lucia
    luciana luciano lucie lucrecia lucy luis luisa luiz luke luz lydia lynn mabel magali magdalena magda maggie
    manfredo manuel manuela marc marcel marcela marcelo marcia marco marcos margaret margarita marge maria mariana
    mariano maribel marie marilyn marina mario marion marisol mark marlene marlon marta martha martin martina
    martine mary mateo mathieu matias matilde matt matthew mauricio max maxime maximiliano maya mayra megan melanie
    melissa melvin mercedes micaela michael michel michele michelle miguel mike milagros mildred milton miranda
    miriam mirna moises molly monica monique myriam nadia nadine nancy naomi natalia natalie nathalie nathan neil
    nelly nelson nestor nicholas nick nicola nicolas nicole nidia nigel noe noelia noemi nora norma normando octavio
    ofelia olga oliver olivia olivier omar orlando oscar osvaldo otto pablo pamela paola pascal patrice patricia
    patricio patrick paul paula paulina paulo pedro peggy penelope peter phil philip philippe phillip pierre pilar
    priscila quentin rachel rafael rafaela ralph ramiro ramon randall raquel raul ray raymond rebeca rebecca refugio
    regina reginald rene renata reynaldo ricardo richard rigoberto rita robert roberta roberto robin rocio rodolfo
    rodrigo roger rogelio roland rolando romain romeo romina ronald rony rosa rosalia rosario rose rosemary rosendo
    ross roxana roy ruben rudy rufino russell ruth ryan sabrina salvador sam samantha samuel sandra santiago santos
    sara sarah scott sean sebastian sebastien selena selvin serge sergio sharon sheila shirley silvia simon simone
    sofia soledad sonia sophia sophie stacy stefan stefano stella stephanie stephane stephen steve steven stuart sue
    susan susana suzanne sylvain sylvie tamara tania tatiana ted telma teodoro teresa terry thelma theresa thierry
    thomas tim timothy tina tobias todd tomas tom tony tracy ubaldo ulises valentina valeria valerie vanessa vera
    veronica vicente victor victoria vilma vincent violeta virginia virginie vivian viviana vladimir walter wanda
    warren wayne wendy werner wilfredo wilhelm wilian will william wilmer wilson xavier ximena yann yesenia yolanda
    yvonne zoe zoila zulma
    """
)
