-- Which plan does this build follow?
SELECT plan FROM plan_followed;
