"""Nouns in names of columns that several types ask for."""

from atalaya.inspection.semantic.names import phrases

KINDS = phrases(
    "tipo, type, kind, clase, class, categoria, category, subcategoria, subcategory, subtipo, subtype, sub type, "
    "estado, status, state, estatus, condicion, condition, situacion, modalidad, grupo, group, clasificacion, "
    "classification, sector, rubro, genre, prioridad, priority, severity, gravedad, outcome, resultado, tipologia, "
    "jornada, turno, shift, frecuencia, frequency, accrual periodicity, periodicity, periodicidad, dimension, tier, "
    "segment, segmento, etnia, ethnicity, raza, race, estado civil, escolaridad, marital status, profesion, "
    "profession, ocupacion, occupation, nacionalidad, nationality, motivo, causa, cause, reason, modo, mode, "
    "catalogo, origin type, medio, super theme, theme, tema, tematica, topic, subject area, data category, expense "
    "type, expense area, funcion, finalidad, especialidad, specialty, speciality, religion, color, colour, marca, "
    "brand, etiqueta de fila, row label, rotulo de fila",
    plural=True,
)
"""What a set of few words is called: under such a name words are kinds of something although none repeats, and
numbers are their codes."""

PLACE_NAMES = (
    "spatial, spatial coverage, cobertura espacial, geographic coverage, geographical coverage, cobertura geografica, "
    "ambito geografico, cobertura territorial, lugar, place, location, ubicacion, territorio, territory, geography, "
    "geografia, area geografica, geographic area, lugar de nacimiento, birthplace, place of birth, procedencia, destino, "
    "destination"
)
PLACES = phrases(PLACE_NAMES)
"""Places of any level."""

THINGS = phrases(
    "run, subject, subj, participant, patient, respondent, student, user, customer, client, employee, household, "
    "node, vertex, edge, sample, specimen, plot, sensor, device, vehicle, animal, individual, tree, parcel, "
    "building, house, dwelling, well, station, site, case, object, track, person, member, family, couple, pair, "
    "account, order, item, product, record, entry, document, article, paper, post, tweet, comment, question, image, "
    "frame, gene, transcript, protein, cell, cluster, experiment, parent, child, mother, father, source node, target "
    "node, paciente, alumno, usuario, cliente, muestra, sujeto, nodo, parcela, vivienda, hogar, individuo, predio, "
    "inmueble, vehiculo, animal, arbol, estacion, sitio, encuesta, encuestado, padre, hijo, cuestionario, boleta, "
    "expediente, movimiento, transaccion, documento, registro, school, firm, company, facility, provider, hospital"
)
"""Single things: whole numbers under such a name tell which of them is meant. (In the plural they would be counts.)"""

REFERENCES = phrases(
    "relation, relation is, relations, related record, "
    "parent, parent id, reports to, reporting senior post, reports to senior post, senior post, superior, is part of, part of, "
    "in series, belongs to, member of, depends on, has part, replaces, is replaced by, version of, is version of, related to, "
    "derived from, predecessor, successor, depende de, pertenece a, jefe, refers to, previous, next, owner org, in catalog, "
    "organization id, foreign key"
)
"""How a row says which other it belongs to."""

FACTORS = phrases(
    "treat, treatment, trt, rx, drug, block, center, centre, site, strata, stratum, cluster, cell, chamber, panel, "
    "origin, destination, cond, arm, cohort, habitat, breed, species, variety, zone, ward, airline, ship, town, "
    "label, target, factor, tratamiento, bloque, centro, estrato, origen, destino, cohorte, variedad, zona, cultivo, "
    "industry, industria, education, educacion, actividad, activity, response, respuesta, region, hospital, school, "
    "district, plan, programa, subprograma, proyecto, entidad, unidad ejecutora, fuente, organismo, geografico, "
    "economica, econ, seccion, division, rubro, renglon, caracter"
)
"""What is told apart by numbers: kinds, groups and factors of surveys and experiments, lines of a budget."""

UNITS_OF_PLACES = phrases(
    "departamento, department, depto, dpto, municipio, municipality, provincia, province, region, estado, state, distrito, "
    "district, county, comuna, commune, canton, localidad, parroquia, barrio, ward, borough, ciudad, city, entidad "
    "federativa, local authority, la name, area name, libgeo, libcom, libdep, libreg, nomdep, nomcom, ville",
    plural=True,
)
"""Divisions of a country by what they are called."""

FISCAL = phrases(
    "ejercicio, ejercicio fiscal, presupuesto, devengado, ejecutado, asignado, vigente, percibido, recaudado, budget, "
    "expenditure, spending, fiscal year, ano fiscal, exercicio, despesa, receita, depense, recette, exercice, "
    "ejecucion presupuestaria, finalidad, objeto de gasto, renglon, partida presupuestaria"
)
"""Words by which a table says that it is of public money."""

COUNTS = phrases(
    "numero de, number of, cantidad de, cantidad, count, conteo, casos, headcount, total de personas, personas, people, "
    "poblacion, population, habitantes, households, hogares, viviendas, alumnos, estudiantes, pacientes, patients"
)
"""Names of counted things."""

MEASURES = phrases(
    "superficie, area, km2, km, hectareas, hectares, metros, meters, metres, m2, peso, weight, altura, height, altitud, "
    "elevation, longitud, length, distancia, distance, temperatura, temperature, velocidad, speed, volumen, volume, "
    "densidad, density, tasa, rate, indice, index, ratio, promedio, average, mean, median, score, puntaje, puntuacion, "
    "porcentaje, percentage, anos, years, edad, age, horas, hours, minutos, minutes, segundos, seconds, dias, days, "
    "headcount, fte, full time equivalent, lat, lon, latitude, longitude, latitud"
)
"""Names of measured things that are no money."""
