-- What did every release say of every measure, in every place and period?
-- `cell` holds the release files as they are; `part` names the series that each measure adds together, all of one
-- dataset. A figure is given only where a release has every part. An official figure outweighs a second-hand one,
-- and among equals the newest publication does.
CREATE TEMP TABLE wanted AS
SELECT number, measure::measure_id AS measure, series::series_id AS series, count(*) OVER (PARTITION BY measure, number) AS parts
FROM part
JOIN release USING (dataset);

CREATE TABLE observation AS
WITH every AS (
    SELECT wanted.measure, place, period, cell.number, value, base
    FROM cell
    JOIN wanted ON wanted.number = cell.number AND wanted.series = cell.series
    WHERE parts = 1
    UNION ALL
    SELECT wanted.measure, place, period, cell.number, sum(value), any_value(base)
    FROM cell
    JOIN wanted ON wanted.number = cell.number AND wanted.series = cell.series
    WHERE parts > 1
    GROUP BY ALL
    HAVING count(*) = any_value(parts)
), ordered AS (
    FROM every ORDER BY place, measure, period, number
)
SELECT
    ordered.measure::VARCHAR AS measure, place::VARCHAR AS place, period::VARCHAR AS period, value, base,
    release.published, release.dataset, release.second_hand, period::VARCHAR = release.unfinished AS unfinished,
    (release.published - DATE '1970-01-01') + CASE WHEN release.second_hand THEN 0 ELSE 1000000 END AS weight
FROM ordered
JOIN release USING (number);
