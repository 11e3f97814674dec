-- What is known of each release, with what it changed beside it?
-- Every page asks for this table, so that nothing is joined then.
CREATE OR REPLACE TABLE release AS
SELECT release.*, coalesce(new, 0) AS new, coalesce(restated, 0) AS restated, coalesce(redefined, 0) AS redefined,
    coalesce(unchanged, 0) AS unchanged, largest_series, largest_place, largest_period, was, now
FROM release
LEFT JOIN release_change USING (number)
ORDER BY number;
DROP TABLE release_change;
