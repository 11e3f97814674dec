-- How far have figures of each age usually moved by the time of the newest release, as at a date?
-- Age is the months from the period to the month of publication; six past revisions are needed to call one typical.
WITH known AS (
    SELECT measure, place, period, published, value
    FROM observation
    WHERE published <= $as_at AND NOT second_hand AND measure <> 'residents'
      AND (datediff('month', (period || '-01')::DATE, published) <= $oldest
        OR (measure, place, period) IN (
            SELECT (measure, place, period) FROM observation
            WHERE datediff('month', (period || '-01')::DATE, published) <= $oldest AND published <= $as_at))
), moved AS (
    SELECT measure, place, published, value, datediff('month', (period || '-01')::DATE, published) AS age,
        last_value(value) OVER cell AS latest, last_value(published) OVER cell AS latest_published
    FROM known
    WINDOW cell AS (PARTITION BY measure, place, period ORDER BY published ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
SELECT measure, place, age, CASE WHEN count(*) >= 6 THEN median(100 * abs(latest - value) / value) END AS typical
FROM moved
WHERE published < latest_published AND value > 0 AND age <= $oldest
GROUP BY ALL
ORDER BY ALL;
