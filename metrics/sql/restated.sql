-- Which of the newest figures of one measure and place, as at a date, are not what they were when first published?
WITH said AS (
    SELECT period, arg_min(value, published) AS first, arg_max(value, weight) AS now
    FROM observation
    WHERE measure = $measure AND place = $place AND NOT second_hand AND published <= $as_at
    GROUP BY period
)
SELECT period, first, now
FROM said
WHERE first <> now AND round(abs(now - first), 6) > 0
ORDER BY period DESC
LIMIT 6;
