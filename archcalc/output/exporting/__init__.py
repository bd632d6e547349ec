"""Results as files: one function, which chooses what is written by the thing and the suffix.

    Spec ───▶ the paper's own table · drawing · spec file · workbook · report
    Net  ───▶ its layers            · drawing · spec file · workbook · report
    Grid, any table ─▶ its records  · chart               · workbook

Written whole or not at all, and over files of our own only (`archcalc.output.files.ours`).
"""
