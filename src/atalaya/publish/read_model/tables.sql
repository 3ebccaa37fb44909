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
