"""Pads: the editors, such as HackMD, in which teams type notes together. Their text is read, never written.

`links` knows the addresses of pads and of their texts, `reader` reads a text, `addresses` says which
addresses of the network may be called.
"""
