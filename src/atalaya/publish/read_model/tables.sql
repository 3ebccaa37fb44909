-- The read model of one country: the newest published observation whole, the figures of the earlier ones.
-- It is made in a schema of its own and swapped in by one transaction, so that no page sees half of it.
-- Nothing here is the only copy of anything: `atalaya portal load` makes it again from sealed observations.

CREATE TABLE edition (
    observation text PRIMARY KEY,
    country text NOT NULL,
    names jsonb NOT NULL,
    as_of date NOT NULL,
    methodology text NOT NULL,
    newest boolean NOT NULL,
    sample boolean NOT NULL,
    manifest_sha256 text NOT NULL,
    code_version text NOT NULL,
    datasets integer NOT NULL,
    resources integer NOT NULL,
    institutions integer NOT NULL,
    publishing integer NOT NULL,
    findings integer NOT NULL
);

CREATE TABLE unit_group (
    id text PRIMARY KEY,
    place integer NOT NULL,
    title jsonb NOT NULL,
    headline boolean NOT NULL
);

CREATE TABLE institution (
    id text PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    acronym text,
    kind text NOT NULL,
    branch text,
    site text,
    groups text[] NOT NULL,
    datasets integer NOT NULL,
    resources integer NOT NULL,
    findings integer NOT NULL
);

CREATE TABLE source (
    id text PRIMARY KEY,
    title jsonb NOT NULL,
    protocol text NOT NULL,
    url text NOT NULL,
    institution text,
    state text NOT NULL,
    reason text,
    datasets integer,
    resources integer
);

CREATE TABLE score (
    observation text NOT NULL,
    methodology text NOT NULL,
    unit text NOT NULL,
    node text NOT NULL,
    kind text NOT NULL,
    place integer NOT NULL,
    level integer NOT NULL,
    parent text,
    title jsonb NOT NULL,
    value double precision,
    low double precision,
    high double precision,
    coverage double precision,
    ranked boolean,
    rank integer,
    rank_low integer,
    rank_high integer,
    weight double precision,
    detail jsonb NOT NULL,
    PRIMARY KEY (observation, methodology, unit, node)
);

CREATE TABLE gain (
    unit text NOT NULL,
    place integer NOT NULL,
    indicator text NOT NULL,
    title jsonb NOT NULL,
    check_id text,
    points double precision NOT NULL,
    failing integer NOT NULL,
    PRIMARY KEY (unit, place)
);

CREATE TABLE dataset (
    id text PRIMARY KEY,
    source text NOT NULL,
    institution text,
    publisher text,
    title text NOT NULL,
    titles jsonb NOT NULL,
    description text NOT NULL,
    descriptions jsonb NOT NULL,
    keywords text[] NOT NULL,
    themes text[] NOT NULL,
    licence text,
    frequency text,
    issued text,
    modified text,
    landing_page text,
    native_id text,
    state text NOT NULL,
    first_seen date,
    last_seen date,
    resources integer NOT NULL,
    findings integer NOT NULL,
    formats text[] NOT NULL,
    words tsvector NOT NULL,
    name text NOT NULL UNIQUE,
    groups text[] NOT NULL,
    licence_id text,
    licence_title text,
    licence_url text,
    publisher_uri text,
    changed date NOT NULL
);

CREATE TABLE theme (
    name text PRIMARY KEY,
    title text NOT NULL,
    datasets integer NOT NULL
);

CREATE TABLE resource (
    id text PRIMARY KEY,
    dataset text NOT NULL,
    place integer NOT NULL,
    title text NOT NULL,
    url text,
    declared_format text,
    true_format text,
    encoding text,
    media_type text,
    size bigint,
    status integer,
    failure text,
    sha256 text,
    kept text,
    first_seen date,
    last_good date,
    changed date,
    tables jsonb NOT NULL,
    defects jsonb NOT NULL,
    download_url text,
    access_url text,
    declared_media_type text,
    declared_size bigint,
    licence text,
    issued text,
    modified text
);

CREATE TABLE finding (
    id text PRIMARY KEY,
    check_id text NOT NULL,
    check_version integer NOT NULL,
    level text NOT NULL,
    subject text NOT NULL,
    institution text,
    source text,
    dataset text,
    resource text,
    table_name text,
    reason text NOT NULL,
    passed integer,
    applied integer,
    evidence jsonb NOT NULL,
    since date NOT NULL
);

CREATE TABLE rule (
    id text NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    level text,
    dimension text,
    effort text,
    apart boolean NOT NULL,
    title jsonb NOT NULL,
    body jsonb NOT NULL,
    remedy jsonb NOT NULL,
    failing integer NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE change (
    place integer PRIMARY KEY,
    change text NOT NULL,
    subject text NOT NULL,
    title text NOT NULL,
    institution text
);

CREATE TABLE duty (
    id text PRIMARY KEY,
    place integer NOT NULL,
    law text NOT NULL,
    law_title jsonb NOT NULL,
    law_reference text,
    article text NOT NULL,
    numeral text NOT NULL,
    name jsonb NOT NULL,
    paraphrase jsonb NOT NULL,
    obliged jsonb NOT NULL,
    term jsonb NOT NULL
);

CREATE TABLE verdict (
    institution text NOT NULL,
    duty text NOT NULL,
    period text NOT NULL,
    standing text NOT NULL,
    reason text NOT NULL,
    days_late integer,
    due date,
    clicks integer,
    justification text NOT NULL,
    gaps jsonb NOT NULL,
    evidence jsonb NOT NULL,
    PRIMARY KEY (institution, duty, period)
);

-- The map of equal tiles: the largest divisions that the pack draws, with the mean figure of the bodies that lie in them.
CREATE TABLE tile (
    code text PRIMARY KEY,
    name text NOT NULL,
    grid_row integer NOT NULL,
    grid_column integer NOT NULL,
    bodies integer NOT NULL,
    measured integer NOT NULL,
    value double precision,
    low double precision,
    high double precision
);

-- Figures behind the pages of the index: measures, what mends them, plans, the tree, and what moved.
CREATE TABLE measure (
    institution text NOT NULL,
    measure text NOT NULL,
    value double precision,
    low double precision,
    high double precision,
    passed integer NOT NULL,
    applied integer NOT NULL,
    unknown integer NOT NULL,
    not_applicable integer NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (institution, measure)
);

CREATE TABLE mendable (
    unit text NOT NULL,
    measure text NOT NULL,
    check_id text NOT NULL,
    failing integer NOT NULL,
    points double precision,
    alone double precision,
    best jsonb NOT NULL,
    PRIMARY KEY (unit, measure)
);

CREATE TABLE plan (
    unit text PRIMARY KEY,
    methodology text NOT NULL,
    sha256 text NOT NULL,
    ranked_units integer NOT NULL,
    findings integer NOT NULL,
    points double precision NOT NULL,
    reason text NOT NULL,
    now jsonb NOT NULL,
    reached jsonb NOT NULL,
    best jsonb NOT NULL
);

CREATE TABLE step (
    unit text NOT NULL,
    place integer NOT NULL,
    finding text NOT NULL,
    check_id text NOT NULL,
    check_version integer NOT NULL,
    level text NOT NULL,
    dataset text,
    resource text,
    source text,
    address text NOT NULL,
    points double precision NOT NULL,
    alone double precision NOT NULL,
    together integer NOT NULL,
    at_least boolean NOT NULL,
    likewise integer NOT NULL,
    effort text NOT NULL,
    standing jsonb NOT NULL,
    texts jsonb NOT NULL,
    PRIMARY KEY (unit, place)
);

CREATE TABLE explained (
    unit text NOT NULL,
    node text NOT NULL,
    place integer NOT NULL,
    state text NOT NULL,
    value double precision,
    low double precision,
    high double precision,
    weight double precision NOT NULL,
    points double precision,
    without double precision,
    raw double precision,
    peers double precision,
    PRIMARY KEY (unit, node)
);

CREATE TABLE likely (
    unit text PRIMARY KEY,
    draws integer NOT NULL,
    seed bigint NOT NULL,
    rank_median double precision NOT NULL,
    rank_low double precision NOT NULL,
    rank_high double precision NOT NULL,
    first double precision NOT NULL
);

CREATE TABLE link (
    place integer PRIMARY KEY,
    old text NOT NULL,
    new text NOT NULL,
    old_day date NOT NULL,
    new_day date NOT NULL,
    old_rule text NOT NULL,
    new_rule text NOT NULL,
    same_rule boolean NOT NULL,
    came text[] NOT NULL,
    went text[] NOT NULL,
    untold text NOT NULL,
    mean jsonb NOT NULL
);

CREATE TABLE moved (
    link integer NOT NULL,
    unit text NOT NULL,
    name text NOT NULL,
    score jsonb NOT NULL,
    rank jsonb NOT NULL,
    old_ranks jsonb NOT NULL,
    new_ranks jsonb NOT NULL,
    PRIMARY KEY (link, unit)
);

CREATE TABLE moved_finding (
    unit text NOT NULL,
    place integer NOT NULL,
    change text NOT NULL,
    finding text NOT NULL,
    check_id text NOT NULL,
    check_version integer NOT NULL,
    subject text NOT NULL,
    title text NOT NULL,
    points double precision,
    rule_changed boolean NOT NULL,
    PRIMARY KEY (unit, place)
);

-- What falls due, and where municipalities are.
CREATE TABLE due (
    duty text NOT NULL,
    period text NOT NULL,
    day date NOT NULL,
    PRIMARY KEY (duty, period)
);

CREATE TABLE bound (
    institution text NOT NULL,
    duty text NOT NULL,
    dated boolean NOT NULL,
    PRIMARY KEY (institution, duty)
);

CREATE TABLE expected (
    dataset text PRIMARY KEY,
    institution text,
    title text NOT NULL,
    day date NOT NULL,
    last date NOT NULL,
    frequency text NOT NULL
);

CREATE TABLE division (
    code text PRIMARY KEY,
    name text NOT NULL,
    level integer NOT NULL,
    parent text,
    population integer
);

CREATE TABLE seat (
    institution text PRIMARY KEY,
    division text NOT NULL
);

-- What was published once and is there no more, or is there again.
CREATE TABLE vanished (
    id text PRIMARY KEY,
    level text NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    dataset text NOT NULL,
    dataset_title text NOT NULL,
    alone boolean NOT NULL,
    institution text,
    source text NOT NULL,
    url text,
    last_seen date NOT NULL,
    since date,
    back date,
    reason text NOT NULL,
    facts jsonb NOT NULL,
    successor text,
    copy_day date,
    copy_sha256 text,
    copy_size bigint,
    copy_kept text,
    copy_public boolean,
    copy_media_type text
);

-- Requests under a law that people may send, as templates, and the days by which their terms are counted.
CREATE TABLE letter (
    id text PRIMARY KEY,
    place integer NOT NULL,
    subject text NOT NULL,
    law text NOT NULL,
    law_title jsonb NOT NULL,
    law_reference text,
    article text NOT NULL,
    days integer NOT NULL,
    unit text NOT NULL,
    post jsonb NOT NULL,
    title jsonb NOT NULL,
    body jsonb NOT NULL,
    addressees jsonb NOT NULL,
    calendar jsonb NOT NULL
);

-- Thematic observatories: what each wants, what there is of it, and how it stands by its own criteria.
CREATE TABLE topic (
    id text PRIMARY KEY,
    place integer NOT NULL,
    title jsonb NOT NULL,
    question jsonb NOT NULL,
    basis jsonb NOT NULL,
    sources jsonb NOT NULL,
    met integer NOT NULL,
    unmet integer NOT NULL,
    open integer NOT NULL,
    found integer NOT NULL,
    wanted integer NOT NULL
);

CREATE TABLE topic_wanted (
    topic text NOT NULL,
    id text NOT NULL,
    place integer NOT NULL,
    title jsonb NOT NULL,
    institutions text[] NOT NULL,
    columns jsonb NOT NULL,
    words jsonb NOT NULL,
    every text,
    note jsonb NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (topic, id)
);

CREATE TABLE topic_match (
    topic text NOT NULL,
    wanted text NOT NULL,
    place integer NOT NULL,
    dataset text NOT NULL,
    score double precision NOT NULL,
    sure boolean NOT NULL,
    said jsonb NOT NULL,
    columns jsonb NOT NULL,
    owner boolean,
    PRIMARY KEY (topic, wanted, dataset)
);

CREATE TABLE topic_criterion (
    topic text NOT NULL,
    id text NOT NULL,
    place integer NOT NULL,
    kind text NOT NULL,
    title jsonb NOT NULL,
    share double precision NOT NULL,
    verdict text NOT NULL,
    items jsonb NOT NULL,
    PRIMARY KEY (topic, id)
);

-- Indices that others publish of the country, beside the national figures and never mixed into them.
CREATE TABLE international (
    id text PRIMARY KEY,
    place integer NOT NULL,
    title jsonb NOT NULL,
    publisher text NOT NULL,
    measures jsonb NOT NULL,
    differs jsonb NOT NULL,
    methodology text,
    licence text NOT NULL,
    least double precision NOT NULL,
    most double precision NOT NULL,
    sources jsonb NOT NULL,
    elements jsonb
);

CREATE TABLE international_value (
    index text NOT NULL,
    edition text NOT NULL,
    place integer NOT NULL,
    value double precision,
    rank integer,
    among integer,
    parts jsonb NOT NULL,
    source text NOT NULL,
    note jsonb NOT NULL,
    PRIMARY KEY (index, edition)
);

-- The search over everything: what can be found, the more important first, and the words by which it is found.
CREATE TABLE entry (
    place integer PRIMARY KEY,
    kind text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    title text NOT NULL,
    title_en text,
    institution text,
    formats text[] NOT NULL,
    words tsvector NOT NULL
);

CREATE TABLE word (
    word text PRIMARY KEY,
    stem text NOT NULL,
    stem_en text NOT NULL,
    entries integer NOT NULL,
    near text[] NOT NULL
);

-- The archived bytes that published observations cite: whether they may be handed out is told beside what they are.
CREATE TABLE archived (
    sha256 text PRIMARY KEY,
    size bigint NOT NULL,
    kept text NOT NULL,
    kind text NOT NULL,
    format text,
    media_type text,
    state text NOT NULL,
    title text NOT NULL,
    url text,
    subject text,
    first_seen date NOT NULL,
    last_seen date NOT NULL
);

CREATE TABLE resource_column (
    resource text NOT NULL,
    table_name text NOT NULL,
    place integer NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    filled bigint NOT NULL,
    missing bigint NOT NULL,
    different bigint,
    personal text,
    PRIMARY KEY (resource, table_name, place)
);

CREATE TABLE version (
    resource text NOT NULL,
    place integer NOT NULL,
    sha256 text NOT NULL,
    first_seen date NOT NULL,
    last_seen date NOT NULL,
    observations integer NOT NULL,
    format text,
    size bigint,
    table_rows bigint,
    same_content boolean NOT NULL,
    PRIMARY KEY (resource, place)
);

-- Names in further languages: translated, stale or awaited.
CREATE TABLE language (
    tag text PRIMARY KEY,
    place integer NOT NULL,
    title jsonb NOT NULL
);

CREATE TABLE translation (
    language text NOT NULL,
    subject text NOT NULL,
    field text NOT NULL,
    place integer NOT NULL,
    source text NOT NULL,
    of_sha256 text NOT NULL,
    text text NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (language, subject, field)
);
