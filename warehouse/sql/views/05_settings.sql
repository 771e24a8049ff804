-- What the rules of belief are set to. Where a value changes, the next refresh derives the whole registry anew.

-- A claim of less confidence is stored and shown, but supports no belief, unless a person accepted or corrected it. Chosen
-- for claims of which nine in ten are right: the line "0.90 right from … on" of
-- `python -m extractors.training.calibrate_claims`, to be looked at after each training. This is the only place. Rows of
-- member lists do not depend on it as long as it lies between their tie and their unlisted (`extractors/listed_cities.py`).
CREATE OR REPLACE MACRO least_confidence() AS 0.85;
-- How long an office counts as held after it was last confirmed, in a network for whose offices texts state fewer than
-- three terms; elsewhere it is the median of those.
CREATE OR REPLACE MACRO usual_term_years() AS 4;
-- In how many of the 128 bits of `wording` two texts may differ and be copies of one.
CREATE OR REPLACE MACRO most_copy_distance() AS 32;
