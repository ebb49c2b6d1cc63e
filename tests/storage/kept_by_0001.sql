-- What a small installation of the first release holds.
INSERT INTO place (parent_id, level, name, within, folded, sort_key, valid_from)
VALUES (NULL, 'province', 'Tỉnh Mẫu', '', 'tinh mau', 'tinh mau', '2025-01-01'),
       (1, 'commune', 'Xã Mẫu', 'tỉnh Mẫu', 'xa mau', 'xa mau', '2025-01-01'),
       (2, 'hamlet', 'Thôn Mẫu', 'xã Mẫu, tỉnh Mẫu', 'thon mau', 'thon mau', '2025-01-01'),
       (NULL, 'province', 'Tỉnh Bên', '', 'tinh ben', 'tinh ben', '2025-01-01');
INSERT INTO person (session, revision, locale, created_at, updated_at)
VALUES ('{"v":1}', 1, 'vi', '2025-11-20 08:00:00+00:00', '2025-11-20 08:00:00+00:00'),
       ('{"v":1}', 1, 'vi', '2025-11-20 08:00:00+00:00', '2025-11-20 08:00:00+00:00'),
       ('{"v":1}', 1, 'vi', '2025-11-20 08:00:00+00:00', '2025-11-20 08:00:00+00:00');
INSERT INTO subject (kind, name, place_id, adults, school_age_children, created_at)
VALUES ('household', 'Hoa', 3, 2, 1, '2025-11-20 08:00:00+00:00'),
       ('household', 'An', 3, NULL, NULL, '2025-11-20 08:00:00+00:00');
INSERT INTO person_subject (person_id, subject_id, tie, since)
VALUES (1, 1, 'member', '2025-11-20 08:00:00+00:00'),
       (2, 2, 'member', '2025-11-20 08:00:00+00:00');
INSERT INTO period (year, place_id)
VALUES (2024, 2),
       (2025, 2);
INSERT INTO assessment (subject_id, period_id, year, set_id, set_version, state, created_at)
VALUES (1, 1, 2024, 'sample', '1', 'handed_in', '2025-11-20 08:00:00+00:00'),
       (1, 2, 2025, 'sample', '1', 'draft', '2025-11-20 08:00:00+00:00'),
       (2, 2, 2025, 'sample', '1', 'draft', '2025-11-20 08:00:00+00:00');
INSERT INTO answer (assessment_id, indicator, value, person_id, channel, at)
VALUES (2, 'one', '{"value":true,"type":"YesNo"}', 1, 'telegram', '2025-11-20 08:00:00+00:00');
INSERT INTO invite (code_hash, place_id, expires_at, uses_left, created_at)
VALUES ('family', 3, '2025-11-20 08:00:00+00:00', 5, '2025-11-20 08:00:00+00:00');
