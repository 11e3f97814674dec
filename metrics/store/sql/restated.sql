-- Which of the newest figures, of every measure in one place, as at a date, are not what they were when first published?
-- `definitions` is how far they moved in releases in which a new definition came in; the rest of the difference is correction.
WITH here AS (
    SELECT measure, period, published, value, weight
    FROM observation
    WHERE place = $place AND NOT second_hand AND published <= $as_at
), changed AS (
    SELECT measure, period, arg_min(value, published) AS first, arg_max(value, weight) AS now
    FROM here
    GROUP BY measure, period
    HAVING round(abs(now - first), 6) > 0
    QUALIFY row_number() OVER (PARTITION BY measure ORDER BY period DESC) <= 6
), came AS (
    SELECT measure, list(DISTINCT month) AS months FROM redefined GROUP BY measure
), stated AS (
    SELECT measure, period, published, first, now, value,
        len(list_filter(months, lambda month: month <= strftime(published, '%Y-%m'))) AS definition
    FROM here
    JOIN changed USING (measure, period)
    LEFT JOIN came USING (measure)
), moved AS (
    SELECT *, value - lag(value) OVER cell AS step, definition <> lag(definition) OVER cell AS is_redefined
    FROM stated
    WINDOW cell AS (PARTITION BY measure, period ORDER BY published)
)
SELECT measure, $place AS place, period, first, now, coalesce(sum(step) FILTER (is_redefined), 0) AS definitions
FROM moved
GROUP BY measure, period, first, now
ORDER BY measure, period DESC;
