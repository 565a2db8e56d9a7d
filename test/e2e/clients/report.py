"""A day in a laboratory, as a script of a user: reads and writes Signals, and prints one line for each fact that it found.

SIGNALS_URL and SIGNALS_API_KEY say where, RUN names what it makes.
"""
import os
from urllib.parse import quote

import requests

base = os.environ["SIGNALS_URL"].rstrip("/") + "/api/rest/v1.0"
run = os.environ["RUN"]
media_type = "application/vnd.api+json"
session = requests.Session()
session.headers.update({"x-api-key": os.environ["SIGNALS_API_KEY"], "accept": "*/*"})


def call(method, path, body=None, **more):
    headers = more.pop("headers", {"content-type": media_type} if body is not None else {})
    url = path if path.startswith("http") else base + path
    return session.request(method, url, json=body, headers=headers, timeout=300, **more)


def read(path, **more):
    answer = call("GET", path, **more)
    answer.raise_for_status()
    return answer.json()


def pages(path, **params):
    """Follows links.next, as it is, to the end."""
    document = read(path, params=params)
    while True:
        yield from document["data"]
        if "next" not in document["links"]:
            return
        document = read(document["links"]["next"])


def name_of(resource):
    return resource["attributes"]["name"]


def create(kind, attributes, parent, template=None):
    relationships = {"ancestors": {"data": [{"type": parent.split(":")[0], "id": parent}]}}
    if template:
        relationships["template"] = {"data": {"type": kind, "id": template}}
    body = {"data": {"type": kind, "attributes": attributes, "relationships": relationships}}
    answer = call("POST", "/entities", body, params={"force": "true"})
    answer.raise_for_status()
    return answer.json()["data"]


me = read("/profiles/me")["data"]
print("release", read("/version")["data"]["attributes"]["release"])
print("me", me["attributes"]["firstName"])

notebooks = {name_of(one): one["id"] for one in pages("/entities", includeTypes="journal", **{"page[limit]": 2})}
print("notebooks", len(notebooks), "Archive 2025" in notebooks)
users = list(pages("/users", **{"page[limit]": 5}))
print("users", len(users), len({user["id"] for user in users}))

experiment = create("experiment", {"name": f"Report {run}"}, notebooks["Medicinal Chemistry 2026"])
eid = experiment["id"]
print("created", experiment["attributes"]["state"], name_of(experiment) == f"Report {run}")

csv = b"time,value\r\n0,1.5\r\n1,2.5\r\n"
uploaded = call("POST", f"/entities/{eid}/children/{quote('Messwerte größer.csv')}", params={"force": "true"}, data=csv,
                headers={"content-type": "text/csv"})
child = uploaded.json()["data"]
print("uploaded", uploaded.status_code, child["attributes"]["type"], name_of(child))
exported = call("GET", f"/entities/{child['id']}/export")
print("exported", exported.content == csv, "filename" in exported.headers["content-disposition"])

grids = [one["id"] for one in pages("/entities", includeTypes="grid", includeOptions="template")
         if name_of(one) == "Measurements"]
grid = create("grid", {"name": "Colours"}, eid, grids[0])["id"]
column = read(f"/adt/{grid}/_column")["data"]["attributes"]["columns"][0]
for colour in ("red", "blue"):
    row = {"data": {"type": "adtRow", "attributes": {"cells": [{"key": column["key"], "content": {"value": colour}}]}}}
    print("row", colour, call("POST", f"/adt/{grid}", row, params={"force": "true"}).status_code)
rows = read(f"/adt/{grid}")["data"]
print("rows", [row["attributes"]["cells"][0]["content"]["value"] for row in rows])
print("table", call("GET", f"/entities/{grid}/export").text.splitlines()[1].startswith("red"))

digest = read(f"/entities/{eid}")["data"]["attributes"]["digest"]
change = {"data": [{"attributes": {"name": "Description", "value": "écrit par un script"}}]}
for attempt in ("current", "stale"):
    answer = call("PATCH", f"/entities/{eid}/properties", change, params={"digest": digest})
    print("change", attempt, answer.status_code)
print("description", read(f"/entities/{eid}")["data"]["attributes"]["description"])

query = {"query": {"$match": {"field": "name", "value": f"Report {run}", "mode": "keyword"}}}
found = call("POST", "/entities/search", query).json()
print("found", [one["id"] == eid for one in found["data"]])
children = [(one["attributes"]["type"], name_of(one)) for one in pages(f"/entities/{eid}/children")]
print("children", sorted(children))

asset = read(f"/materials/{quote('Reagents (SNB)')}/assets/id/{quote(' 0003')}")["data"]
print("asset", asset["attributes"]["name"])
drawing = next(pages("/entities", includeTypes="chemicalDrawing", includeOptions="nontemplate"))
print("drawing", call("GET", f"/entities/{drawing['id']}/export", params={"format": "svg"}).headers["content-type"])
print("notifications", len(list(pages("/notifications", status="dismissed,notdismissed"))) > 20)

missing = call("GET", "/entities/experiment:00000000-0000-4000-8000-00000000dead")
print("missing", missing.status_code, missing.json()["errors"][0]["code"])
print("removed", call("DELETE", f"/entities/{eid}", params={"force": "true"}).status_code)
print("trashed", read(f"/entities/{eid}")["data"]["attributes"]["flags"]["isTrashed"])
