-- Which of the newest figures, of every measure in one place, as at a date, are not what they were when first published?
-- `definitions` is how far they moved in releases in which a new definition came in; the rest of the difference is correction.
WITH stated AS (
    SELECT observation.measure, place, period, published, value, weight,
        (SELECT count(DISTINCT month) FROM redefined
         WHERE redefined.measure = observation.measure AND month <= strftime(published, '%Y-%m')) AS definition
    FROM observation
    WHERE place = $place AND NOT second_hand AND published <= $as_at
), moved AS (
    SELECT *, value - lag(value) OVER cell AS step, definition <> lag(definition) OVER cell AS is_redefined
    FROM stated
    WINDOW cell AS (PARTITION BY measure, place, period ORDER BY published)
), said AS (
    SELECT measure, place, period, arg_min(value, published) AS first, arg_max(value, weight) AS now,
        coalesce(sum(step) FILTER (is_redefined), 0) AS definitions
    FROM moved
    GROUP BY measure, place, period
)
SELECT measure, place, period, first, now, definitions
FROM said
WHERE first <> now AND round(abs(now - first), 6) > 0
QUALIFY row_number() OVER (PARTITION BY measure ORDER BY period DESC) <= 6
ORDER BY measure, period DESC;
