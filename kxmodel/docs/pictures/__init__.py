"""Pictures as SVG: pure functions of the tables, with no script, no font and nothing from elsewhere.

A page shows one as a plain Markdown image, so that it reads well on a code host too; kxmodel's MkDocs
plugin puts the SVG itself in place of the image, so that its text can be selected and it follows the
site's light or dark scheme (`kxmodel.site.inline`).
"""
