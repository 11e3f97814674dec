-- What did each release change of what those of its dataset that were published before it gave, in which order ever they were imported?
-- `redefined` of the figures restated are counted under a definition that came in since.
INSERT INTO release_change
WITH defined AS (
    SELECT number, series, count(DISTINCT month) AS definition
    FROM release
    JOIN redefined ON redefined.dataset = release.dataset AND month <= strftime(published, '%Y-%m')
    GROUP BY ALL
), stated AS (
    SELECT number, dataset, published, cell.series, cell.place, period, value, coalesce(definition, 0) AS definition,
        (published - DATE '1970-01-01') + CASE WHEN second_hand THEN 0 ELSE 1000000 END AS weight
    FROM cell
    JOIN release USING (number)
    LEFT JOIN defined ON defined.number = cell.number AND defined.series = cell.series::VARCHAR
), known AS (
    SELECT *, arg_max(value, weight) OVER earlier AS was, arg_max(definition, weight) OVER earlier AS was_definition
    FROM stated
    WINDOW earlier AS (PARTITION BY dataset, series, place, period ORDER BY published ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), counted AS (
    SELECT number, count(*) FILTER (was IS NULL) AS new, count(*) FILTER (value <> was) AS restated,
        count(*) FILTER (value <> was AND definition <> was_definition) AS redefined, count(*) FILTER (value = was) AS unchanged
    FROM known
    GROUP BY number
), largest AS (
    SELECT number, series::VARCHAR AS largest_series, place::VARCHAR AS largest_place, period::VARCHAR AS largest_period, was, value AS now
    FROM known
    WHERE value <> was
    QUALIFY row_number() OVER (PARTITION BY number ORDER BY abs(value - was) DESC, series::VARCHAR, place::VARCHAR, period) = 1
)
FROM counted
LEFT JOIN largest USING (number);
