"""What papers print, compared with what is computed.

printed (the printed tables) → results (figures with verdicts) → judge (`check`) and pitfalls (what
is easily misread, counted under both readings) → explain (both, for one net).
"""
