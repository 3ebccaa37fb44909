-- What pages would otherwise count and sort anew at every visit: made once, at load, from the tables as they were filled.

-- Where each institution stands in each of its groups in the newest edition: by rank, and after the ranked by name.
CREATE TABLE standing AS
SELECT unit_group.id AS unit_group,
       row_number() OVER (
           PARTITION BY unit_group.id ORDER BY ranks.rank, institution.name, institution.id
       )::integer AS place,
       institution.id AS institution, institution.slug, institution.name,
       ranks.rank, ranks.rank_low, ranks.rank_high,
       score.value, score.low, score.high, score.coverage
FROM unit_group
JOIN institution ON unit_group.id = ANY (institution.groups)
JOIN edition ON edition.newest
JOIN score ON score.observation = edition.observation AND score.methodology = edition.methodology
          AND score.unit = institution.id AND score.node = 'index' AND score.kind = 'institution'
LEFT JOIN LATERAL (
    SELECT (found ->> 'rank')::integer AS rank,
           (found ->> 'low')::integer AS rank_low,
           (found ->> 'high')::integer AS rank_high
    FROM jsonb_array_elements(
        CASE jsonb_typeof(score.detail -> 'ranks') WHEN 'array' THEN score.detail -> 'ranks' ELSE '[]' END
    ) AS found
    WHERE jsonb_typeof(found) = 'object' AND found ->> 'group' = unit_group.id AND (found ->> 'rank')::integer > 0
    LIMIT 1
) AS ranks ON true;
ALTER TABLE standing ADD PRIMARY KEY (unit_group, place);

-- Whose figure surely moved since the edition before, whatever the unknown turns out to be, the greatest move first.
CREATE TABLE movement AS
SELECT row_number() OVER (ORDER BY abs(now.value - past.value) DESC, now.unit)::integer AS place,
       now.unit AS institution,
       now.value - past.value AS points
FROM edition AS newest
JOIN LATERAL (
    SELECT * FROM edition AS each WHERE each.as_of < newest.as_of ORDER BY each.as_of DESC LIMIT 1
) AS earlier ON earlier.methodology = newest.methodology
JOIN score AS now ON now.observation = newest.observation AND now.methodology = newest.methodology
                 AND now.node = 'index' AND now.kind = 'institution'
JOIN score AS past ON past.observation = earlier.observation AND past.methodology = earlier.methodology
                  AND past.node = 'index' AND past.unit = now.unit
WHERE newest.newest
  AND (round(coalesce(now.low, now.value)::numeric, 1) > round(coalesce(past.high, past.value)::numeric, 1)
       OR round(coalesce(past.low, past.value)::numeric, 1) > round(coalesce(now.high, now.value)::numeric, 1));
ALTER TABLE movement ADD PRIMARY KEY (place);

-- How many datasets have each value, where nothing was searched for and nothing chosen.
CREATE TABLE facet AS
SELECT 'institution' AS name, institution AS value, count(*)::integer AS datasets
FROM dataset WHERE institution IS NOT NULL GROUP BY institution
UNION ALL
SELECT 'format', value, count(*)::integer FROM dataset, unnest(formats) AS value GROUP BY value
UNION ALL
SELECT 'keyword', value, count(*)::integer FROM dataset, unnest(keywords) AS value GROUP BY value;
ALTER TABLE facet ADD PRIMARY KEY (name, value);
CREATE INDEX ON facet (name, datasets DESC, value);
