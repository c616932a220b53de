"""Small files of official geography for the tests of imports; every place is invented."""

import gzip
from pathlib import Path

GEOGRAPHY = {
    "regions.csv": """\
code,nom,chef_lieu,zone,population,nb_communes,lon,lat
91,Haute-Essaie,91001,metro,12000,3,2.5,47.0
92,Val-d'Essaie,92001,drom,900,1,,
""",
    "departements.csv": """\
code,nom,region,chef_lieu,zone,population,nb_communes,lon,lat
81,Essaie-Nord,91,91001,metro,12000,3,2.5,47.0
82,Essaie-Sud,92,92001,drom,900,1,,
""",
    "epci.csv": """\
siren,nom,type,population,nb_communes,region,lon,lat
200000001,CC de l'Essaie,CC,9000,2,91,2.6,47.1
""",
    "syndicats.csv": """\
siren,nom,type,region,departement,lon,lat,note
200000009,SMO Essaie Numérique,SMO,91,81,2.7,47.2,members unknown
""",
    "communes.csv.gz": """\
code,nom,population,departement,region,epci,lon,lat
91001,Essaie-la-Ville,8000,81,91,200000001,2.51,47.01
91002,L'Essart,1000,81,91,200000001,2.52,47.02
91003,Essaie-sur-Mer,3000,81,91,,2.53,47.03
92001,Îlet-d'Essaie,900,82,92,,,
""",
    "successions.csv": "old_code,new_code,date,source\n",
}


def geography(folder: Path, **changed: str) -> Path:
    """Write the files in a folder; `changed` replaces one by the first word of its name."""
    for name, text in GEOGRAPHY.items():
        content = changed.get(name.split(".")[0], text).encode()
        (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return folder


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
