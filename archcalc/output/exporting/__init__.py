"""Results as files: one function, which chooses the content by object and suffix.

    Spec ───▶ the paper's own table · drawing · spec file · workbook · report
    Net  ───▶ its layers            · drawing · spec file · workbook · report
    Grid, any table ─▶ its records  · chart               · workbook

Files are written atomically, and overwrite only files of archcalc (`archcalc.output.files.ours`).
"""
