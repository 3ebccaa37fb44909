-- What pages look for, after the rows are there.
CREATE INDEX ON score (unit, methodology, observation);
CREATE INDEX ON score (observation, methodology, node, kind);
CREATE INDEX ON dataset (institution, title);
CREATE INDEX ON dataset (source);
CREATE INDEX ON dataset USING gin (words);
CREATE INDEX ON dataset USING gin (formats);
CREATE INDEX ON dataset USING gin (keywords);
CREATE INDEX ON dataset USING gin (groups);
CREATE INDEX ON dataset (licence_id);
CREATE INDEX ON dataset (changed DESC, id);
CREATE INDEX ON dataset (title, id);
CREATE INDEX ON finding (institution, check_id);
CREATE INDEX ON finding (dataset);
CREATE INDEX ON finding (check_id, check_version);

-- When this copy was made: pages that were kept of an earlier one are not shown again.
ALTER TABLE edition ADD COLUMN loaded timestamptz NOT NULL DEFAULT now();

-- The pages of the index and of institutions.
CREATE INDEX ON moved (unit, link);
CREATE INDEX ON step (finding);
CREATE INDEX ON due (day);
CREATE INDEX ON expected (institution, day);
CREATE INDEX ON expected (day, dataset);
CREATE INDEX ON bound (duty, institution);
CREATE INDEX ON seat (division);
CREATE INDEX ON division (parent, name);
CREATE INDEX ON vanished (alone, state, since DESC, id);
CREATE INDEX ON vanished (dataset);
CREATE INDEX ON vanished (institution);

-- Deep pages of long lists: the identifiers of a page are counted off in an index alone, its rows read after.
CREATE INDEX ON resource (dataset, place, id);
CREATE INDEX ON finding (check_id, id);
CREATE INDEX ON finding (institution, since DESC, check_id, id);
CREATE INDEX ON verdict (duty, standing, institution) WHERE period = '';
CREATE INDEX ON topic_match (dataset);

-- The search over everything.
CREATE INDEX ON entry USING gin (words) WITH (fastupdate = off);
CREATE INDEX ON entry (kind, place);
CREATE INDEX ON word (word text_pattern_ops, entries);
CREATE INDEX ON word (stem);
CREATE INDEX ON word (stem_en);
CREATE INDEX ON word USING gin (near) WITH (fastupdate = off);
CREATE INDEX ON version (sha256);
CREATE INDEX ON archived (state, sha256);
