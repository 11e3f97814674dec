-- What is known of some measures in some places, as at a date, with the residents of each period?
WITH known AS (
    SELECT measure, place, period, arg_max(value, weight) AS value, arg_max(base, weight) AS base,
           arg_max(published, weight) AS published, arg_max(second_hand, weight) AS second_hand
    FROM observation
    WHERE list_contains($measures, measure) AND list_contains($places, place) AND published <= $as_at
    GROUP BY measure, place, period
), residents AS (
    SELECT place, left(period, 4)::INTEGER AS year, arg_max(value, weight) AS residents
    FROM observation
    WHERE measure = 'residents' AND published <= $as_at
    GROUP BY place, year
), years AS (
    SELECT min(year) AS first, max(year) AS last FROM residents
)
SELECT measure, known.place, period, value, base, published, second_hand, residents, residents.year AS residents_year
FROM known
CROSS JOIN years
LEFT JOIN residents
    ON residents.place = known.place AND residents.year = greatest(years.first, least(years.last, left(period, 4)::INTEGER))
ORDER BY measure, known.place, period;
