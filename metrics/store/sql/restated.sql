-- Which of the newest figures, of every measure in one place, as at a date, are not what they were when first published?
WITH said AS (
    SELECT measure, place, period, arg_min(value, published) AS first, arg_max(value, weight) AS now
    FROM observation
    WHERE place = $place AND NOT second_hand AND published <= $as_at
    GROUP BY measure, place, period
)
SELECT measure, place, period, first, now
FROM said
WHERE first <> now AND round(abs(now - first), 6) > 0
QUALIFY row_number() OVER (PARTITION BY measure ORDER BY period DESC) <= 6
ORDER BY measure, period DESC;
