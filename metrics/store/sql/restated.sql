-- Which of the newest figures, of every place or of one, of every measure or of one, as at a date, are not what they were when first published?
WITH said AS (
    SELECT measure, place, period, arg_min(value, published) AS first, arg_max(value, weight) AS now
    FROM observation
    WHERE ($place IS NULL OR place = $place) AND ($measure IS NULL OR measure = $measure) AND NOT second_hand AND published <= $as_at
    GROUP BY measure, place, period
)
SELECT measure, place, period, first, now
FROM said
WHERE first <> now AND round(abs(now - first), 6) > 0
QUALIFY row_number() OVER (PARTITION BY measure, place ORDER BY period DESC) <= 6
ORDER BY measure, place, period DESC;
