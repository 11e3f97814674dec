-- What did each release change of what those of its dataset that were published before it gave, in which order ever they were imported?
-- `redefined` of the figures restated are counted under a definition that came in since. Figures that never changed are only
-- counted; of the others each is set beside the one known before it, which is slow.
INSERT INTO release_change
WITH defined AS (
    SELECT number, series, count(DISTINCT month) AS definition
    FROM release
    JOIN redefined ON redefined.dataset = release.dataset AND month <= strftime(published, '%Y-%m')
    GROUP BY ALL
), kept AS (
    SELECT dataset, series, place, period, min(value) <> max(value) AS changes, min(published) AS first
    FROM cell
    JOIN release USING (number)
    GROUP BY ALL
), stated AS (
    SELECT number, published, second_hand, dataset, series, place, period, value, changes, published = first AS is_new
    FROM cell
    JOIN release USING (number)
    JOIN kept USING (dataset, series, place, period)
), weighed AS (
    SELECT stated.*, coalesce(definition, 0) AS definition,
        (published - DATE '1970-01-01') + CASE WHEN second_hand THEN 0 ELSE 1000000 END AS weight
    FROM stated
    LEFT JOIN defined ON defined.number = stated.number AND defined.series = stated.series::VARCHAR
    WHERE changes
), known AS (
    SELECT *, arg_max(value, weight) OVER earlier AS was, arg_max(definition, weight) OVER earlier AS was_definition
    FROM weighed
    WINDOW earlier AS (PARTITION BY dataset, series, place, period ORDER BY published ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), changed AS (
    SELECT number, count(*) AS restated, count(*) FILTER (definition <> was_definition) AS redefined,
        max({moved: abs(value - was), series: series::VARCHAR, place: place::VARCHAR, period: period::VARCHAR, was: was, now: value}) AS largest
    FROM known
    WHERE value <> was
    GROUP BY number
), counted AS (
    SELECT number, count(*) FILTER (is_new) AS new, count(*) FILTER (NOT is_new) AS again
    FROM stated
    GROUP BY number
)
SELECT number, new, coalesce(restated, 0) AS restated, coalesce(redefined, 0) AS redefined, again - coalesce(restated, 0) AS unchanged,
    largest.series, largest.place, largest.period, largest.was, largest.now
FROM counted
LEFT JOIN changed USING (number);
