-- What only the tables of revision 0002 can hold, beside kept_by_0001.sql.
INSERT INTO subject (kind, name, place_id, told, created_at)
VALUES ('commune', 'Xã Mẫu', 2, '{"citizens":900}', '2025-11-20 08:00:00+00:00');
INSERT INTO person_subject (person_id, subject_id, tie, since)
VALUES (3, 3, 'member', '2025-11-20 08:00:00+00:00');
INSERT INTO assessment (subject_id, period_id, year, set_id, set_version, state, created_at)
VALUES (3, 2, 2025, 'commune', '1', 'draft', '2025-11-20 08:00:00+00:00');
INSERT INTO answer (assessment_id, indicator, value, person_id, channel, at)
VALUES (4, 'one', '{"value":true,"type":"YesNo"}', 3, 'telegram', '2025-11-20 08:00:00+00:00');
UPDATE person SET assessment_id = 4 WHERE id = 3;
INSERT INTO invite (code_hash, place_id, expires_at, uses_left, created_at, role)
VALUES ('officer', 2, '2025-11-20 08:00:00+00:00', 5, '2025-11-20 08:00:00+00:00', 'officer');
INSERT INTO role (person_id, role, place_id, since, invite_id)
VALUES (3, 'officer', 2, '2025-11-20', 2);
