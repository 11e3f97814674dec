-- Which points of every series are unusual, by which rule, and is that good news?
-- Sums of fractions are made in the order of time: their last digit depends on it.
-- Reads chart_input(series, ordinal, segment, value, in_baseline, judged, better, run_rules).
WITH chosen AS (
    SELECT 2.66::DOUBLE AS limit_factor, 3.267::DOUBLE AS screening_factor, 2::DOUBLE / 3 AS near_share,
        2 AS near_needed, 7 AS shift_points, 7 AS trend_points, 1e-9::DOUBLE AS tolerance
),
given AS (
    SELECT series, ordinal, segment, CASE WHEN isnan(value) THEN NULL ELSE value END AS value,
        in_baseline AND value IS NOT NULL AND NOT isnan(value) AS used, judged, better, run_rules
    FROM chart_input
),
neighbours AS (
    SELECT *,
        coalesce(lag(ordinal) OVER one = ordinal - 1, false) AS follows,
        CASE WHEN used AND lag(used) OVER one AND lag(ordinal) OVER one = ordinal - 1
            THEN abs(value - lag(value) OVER one) END AS moving_range
    FROM given
    WINDOW one AS (PARTITION BY series, segment ORDER BY ordinal)
),
ranged AS (
    SELECT series, segment, count(*) FILTER (used) AS points, avg(value ORDER BY ordinal) FILTER (used) AS middle,
        avg(moving_range ORDER BY ordinal) AS mean_range, tolerance * greatest(1, abs(middle)) AS rounding
    FROM neighbours, chosen
    GROUP BY series, segment, tolerance
),
screened AS (
    SELECT series, segment, any_value(points) AS points, any_value(middle) AS middle,
        any_value(mean_range) AS mean_range, any_value(rounding) AS rounding,
        avg(moving_range ORDER BY ordinal) FILTER (moving_range < screening_factor * mean_range) AS kept_range
    FROM neighbours JOIN ranged USING (series, segment), chosen
    GROUP BY series, segment
),
limits AS (
    SELECT series, segment, rounding,
        CASE WHEN points >= 2 THEN middle END AS centre,
        CASE WHEN points >= 2 AND mean_range > rounding
            THEN limit_factor * CASE WHEN kept_range > rounding THEN kept_range ELSE mean_range END END AS width
    FROM screened, chosen
),
sided AS (
    SELECT n.*, centre, centre - width AS lower, centre + width AS upper,
        coalesce(judged AND value IS NOT NULL AND width IS NOT NULL, false) AS takes_part,
        CASE WHEN NOT takes_part OR abs(value - centre) <= rounding THEN 0
            WHEN value > centre THEN 1 ELSE -1 END AS side,
        takes_part AND (value > upper + rounding OR value < lower - rounding) AS is_out,
        takes_part AND NOT is_out AND (value > centre + (upper - centre) * near_share + rounding
            OR value < centre - (centre - lower) * near_share - rounding) AS is_near
    FROM neighbours AS n JOIN limits USING (series, segment), chosen
),
stepped AS (
    SELECT *,
        follows AND takes_part AND lag(takes_part, 1, false) OVER one AS joins,
        joins AND side <> 0 AND side = lag(side) OVER one AS same_side,
        CASE WHEN joins THEN sign(value - lag(value) OVER one) ELSE 0 END AS way
    FROM sided
    WINDOW one AS (PARTITION BY series, segment ORDER BY ordinal)
),
grouped AS (
    SELECT stepped.*,
        count(*) FILTER (NOT same_side) OVER one AS side_run,
        count(*) FILTER (way <= 0) OVER one AS rising_run,
        count(*) FILTER (way >= 0) OVER one AS falling_run,
        same_side AND lag(same_side, 1, false) OVER one
            AND count(*) FILTER (is_near) OVER (PARTITION BY series, segment ORDER BY ordinal
                ROWS 2 PRECEDING) >= near_needed AS ends_three
    FROM stepped, chosen
    WINDOW one AS (PARTITION BY series, segment ORDER BY ordinal)
),
ruled AS (
    SELECT grouped.*,
        count(*) OVER (PARTITION BY series, segment, side_run) >= shift_points AS in_shift,
        count(*) OVER (PARTITION BY series, segment, rising_run) >= trend_points
            OR count(*) OVER (PARTITION BY series, segment, falling_run) >= trend_points AS in_trend,
        is_near AND (ends_three OR lead(ends_three, 1, false) OVER one
            OR lead(ends_three, 2, false) OVER one) AS in_three
    FROM grouped, chosen
    WINDOW one AS (PARTITION BY series, segment ORDER BY ordinal)
),
labelled AS (
    SELECT *,
        CASE WHEN is_out THEN 'astronomical' WHEN NOT run_rules THEN 'none' WHEN in_trend THEN 'trend'
            WHEN in_three THEN 'two_of_three' WHEN in_shift THEN 'shift' ELSE 'none' END AS rule,
        CASE rule WHEN 'none' THEN 0 WHEN 'trend'
            THEN CASE WHEN lead(in_trend, 1, false) OVER one AND lead(way, 1, 0) OVER one <> 0
                THEN lead(way) OVER one ELSE way END
            ELSE side END AS direction
    FROM ruled
    WINDOW one AS (PARTITION BY series, segment ORDER BY ordinal)
)
SELECT series, ordinal, segment, value, centre, lower, upper, rule,
    CASE WHEN direction = 0 THEN 'none'
        WHEN better = 'neither' THEN CASE WHEN direction > 0 THEN 'high' ELSE 'low' END
        WHEN (direction > 0) = (better = 'higher') THEN 'improvement' ELSE 'concern' END AS signal
FROM labelled
ORDER BY series, ordinal;
