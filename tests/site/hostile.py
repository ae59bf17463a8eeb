"""A schema whose every text is hostile to somebody: HTML, Markdown, templates, terminals, eyes."""

from __future__ import annotations

import json

TEXTS = (
    "<script>window.hurt = 1</script>",
    "</title></code></td></table></div></article></script><img src=x onerror='window.hurt = 1'>",
    "| a | b |\n|---|---|\n| <b>c</b> | `d` |",
    "# not a heading\n\n- [link](javascript:window.hurt=1) ![](http://example.invalid/x.png)",
    "```\nfence\n```\n\n~~~\nfence\n~~~\n\n<details open><summary>",
    '{{ config }} {% raw %} {: .kx-hurt #hurt onclick=window.hurt=1 } [TOC] --8<-- "x"',
    '=== "tab"\n\n    !!! danger "x"\n\n??? note\n\n    x :smile: www.example.invalid',
    "\u202eright to left\u202c שלום עולם العربية \u2066isolated\u2069 \u200b\u0007\u001b[31m",
    "W" * 400,
    "&lt;b&gt; &amp; &#60;i&#62; \\<u\\> `<code>` ``a`b`` ```c",
    '$(rm -rf x) `rm` "; DROP TABLE x; -- ${tenant}',
    "*/ --> ]]> <!-- <![CDATA[ <?php ?> <svg onload=window.hurt=1>",
)


def schema() -> str:
    """One table with each of the texts wherever a schema takes text."""
    item = {"tenant": TEXTS[1].replace("#", ""), "id": TEXTS[8], "state": TEXTS[0], "rank": 1}
    other = {"tenant": TEXTS[0], "id": TEXTS[7]}
    return json.dumps(
        {
            "$schema": "urn:kxmodel:dialect:1",
            "title": TEXTS[1],
            "description": "\n\n".join(TEXTS),
            "type": "object",
            "x-kx-table": {
                "name": "hostile",
                "key": {"hash": "pk", "range": "sk"},
                "tenant": "tenant",
                "indexes": {
                    "GSI1": {
                        "hash": "GSI1PK",
                        "range": {"name": "rank", "type": "N"},
                        "purpose": TEXTS[9],
                        "useCase": TEXTS[2],
                        "tenantIsolation": "none",
                    }
                },
                "tags": {"a": "b"},
            },
            "x-kx-entity": {
                "name": "Hostile",
                "keys": {"pk": "${tenant}#x", "sk": "<b>|`${id}`|</b>"},
                "indexes": {
                    "GSI1": {
                        "keys": {"GSI1PK": "{{${state}}}<i>", "rank": "${rank}"},
                        "when": {"state": {"in": [TEXTS[0], TEXTS[8]]}},
                    }
                },
            },
            "x-kx-patterns": {
                "in_state": {
                    "question": TEXTS[4],
                    "description": TEXTS[3],
                    "index": "GSI1",
                    "given": ["state"],
                    "range": "rank",
                }
            },
            "required": ["tenant", "id"],
            "properties": {
                "pk": {"type": "string", "description": TEXTS[4]},
                "sk": {"type": "string", "description": TEXTS[5]},
                "GSI1PK": {"type": "string", "description": TEXTS[6]},
                "tenant": {"type": "string", "minLength": 1, "pattern": "^[^#]+$"},
                "id": {"type": "string", "minLength": 1, "examples": [TEXTS[1], TEXTS[8]]},
                "state": {"type": "string", "enum": list(TEXTS), "description": TEXTS[3]},
                "rank": {"type": "number", "title": TEXTS[8]},
                "__proto__": {"type": "string", "x-kx-name": "proto"},
                "a|b`<c>": {"type": "string", "x-kx-name": "a_b", "description": TEXTS[10]},
                **{
                    f"text_{number}": {
                        "type": "string",
                        "title": text,
                        "description": text,
                        "default": text,
                    }
                    for number, text in enumerate(TEXTS)
                },
                "nested": {
                    "type": "object",
                    "title": "Nested",
                    "description": TEXTS[7],
                    "properties": {
                        "<u>": {"type": "string", "x-kx-name": "u", "description": TEXTS[8]}
                    },
                },
            },
            "examples": [item, other],
        }
    )
