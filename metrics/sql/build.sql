-- What did every release say of every measure, in every place and period?
-- `cell` holds the release files as they are; `part` names the series that each measure adds together.
-- A figure is given only where a release has every part. An official figure outweighs a second-hand one,
-- and among equals the newest publication does.
CREATE TABLE observation AS
WITH single AS (
    SELECT dataset, series, any_value(measure) AS measure FROM part GROUP BY dataset, series, measure
    HAVING (SELECT count(*) FROM part AS p WHERE p.measure = part.measure) = 1
), summed AS (
    SELECT part.measure, cell.place, cell.period, cell.file, sum(cell.value) AS value, any_value(cell.base) AS base
    FROM cell
    JOIN release USING (file)
    JOIN part ON part.dataset = release.dataset AND part.series = cell.measure
    WHERE part.measure NOT IN (SELECT measure FROM single)
    GROUP BY part.measure, cell.place, cell.period, cell.file
    HAVING count(*) = (SELECT count(*) FROM part AS p WHERE p.measure = part.measure)
), every AS (
    SELECT single.measure, cell.place, cell.period, cell.file, cell.value, cell.base
    FROM cell
    JOIN release USING (file)
    JOIN single ON single.dataset = release.dataset AND single.series = cell.measure
    UNION ALL
    SELECT measure, place, period, file, value, base FROM summed
)
SELECT
    measure, place, period, value, base, release.published, release.dataset, release.second_hand,
    (release.published - DATE '1970-01-01') + CASE WHEN release.second_hand THEN 0 ELSE 1000000 END AS weight
FROM every
JOIN release USING (file)
ORDER BY place, measure, period, published;
