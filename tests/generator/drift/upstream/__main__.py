"""Write the made descriptions into a folder; OpenAPI as YAML."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from generator.document import dump
from tests.generator.drift.upstream import FORMS, upstream_like

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for version, form in FORMS:
    document = upstream_like(version, form)
    if "swagger" in document:
        (folder / f"{version}.json").write_text(json.dumps(document, indent=2), encoding="utf-8")
    else:
        (folder / f"{version}-openapi-{form}.yaml").write_text(dump(document), encoding="utf-8")
