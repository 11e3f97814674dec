-- What is known of one measure in one place, as at a date?
WITH known AS (
    SELECT period, arg_max(value, weight) AS value, arg_max(base, weight) AS base, arg_max(published, weight) AS published,
           arg_max(second_hand, weight) AS second_hand
    FROM observation
    WHERE measure = $measure AND place = $place AND published <= $as_at
    GROUP BY period
)
SELECT $measure AS measure, $place AS place, period, value, base, published, second_hand
FROM known
ORDER BY period;
