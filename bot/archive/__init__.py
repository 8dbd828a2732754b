"""The archive: its series, found by paths; where minutes belong; templates; what is wrong in it. Pure.

`dates` and `folders` read days from paths, `layout` writes them; `grouping` finds the series, `choice` and
`location` say which one minutes are of and where they lie; `inspection` checks a whole archive.
"""
