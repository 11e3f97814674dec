-- Which names can a release hold?
-- Numbers in place of texts make the build several times faster.
CREATE TYPE place_id AS ENUM (SELECT id FROM place ORDER BY id);
CREATE TYPE series_id AS ENUM (SELECT DISTINCT series FROM known_series ORDER BY series);
CREATE TYPE measure_id AS ENUM (SELECT DISTINCT measure FROM part ORDER BY measure);
CREATE TYPE period_id AS ENUM (
    SELECT format('{}-{:02d}', year, month) FROM range(2000, 2100) AS y (year), range(1, 13) AS m (month) ORDER BY ALL
);
CREATE TEMP TABLE cell (number SMALLINT, series series_id, place place_id, period period_id, value DOUBLE, base DOUBLE);
CREATE TEMP TABLE release_change (
    number SMALLINT, new BIGINT, restated BIGINT, redefined BIGINT, unchanged BIGINT,
    largest_series VARCHAR, largest_place VARCHAR, largest_period VARCHAR, was DOUBLE, now DOUBLE
);
