-- What does the build hold of each measure, and (measure NULL) of all: one mark for each table, another as soon as any row is another?
SELECT 'observation' AS held, measure, count(*) AS rows, bit_xor(hash(one)) AS mark, sum(hash(one))::VARCHAR AS total FROM observation AS one GROUP BY measure
UNION ALL SELECT 'figure', measure, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM figure AS one GROUP BY measure
UNION ALL SELECT 'finding', measure, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM finding AS one GROUP BY measure
UNION ALL SELECT 'answer', measure, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM answer AS one GROUP BY measure
UNION ALL SELECT 'answer_with_hindsight', measure, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM answer_with_hindsight AS one GROUP BY measure
UNION ALL SELECT 'point', measure, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM point AS one GROUP BY measure
UNION ALL SELECT 'against', measure, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM against AS one GROUP BY measure
UNION ALL SELECT 'funnel', measure, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM funnel AS one GROUP BY measure
UNION ALL SELECT 'funnel_limit', measure, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM funnel_limit AS one GROUP BY measure
UNION ALL SELECT 'part', measure, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM part AS one GROUP BY measure
UNION ALL SELECT 'release', NULL, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM release AS one
UNION ALL SELECT 'place', NULL, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM place AS one
UNION ALL SELECT 'known_series', NULL, count(*), bit_xor(hash(one)), sum(hash(one))::VARCHAR FROM known_series AS one
ORDER BY held, measure;
