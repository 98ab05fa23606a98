#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Makes the journal of a board for a finished election, and journals that lie.

Written from docs/journal.md, in another language than the verifier that it is made for; signatures
are OpenSSL's. Whoever lies here holds the board's key and some officials', never all of them.

  journal.py ELECTION.bel OUT.bel --vote FILE [--rehearsal FILE]... [--minutes FILE] [--lie NAME]
             [--until ACTION|KIND]                   and no further than that entry
             [--extend MOMENT]                       instead of an hour
             [--name NAME]                           of the organisation
  journal.py --lies                                  the names, one in a line
"""
import argparse
import datetime
import importlib.util
import json
import os

SPEC = importlib.util.spec_from_file_location(
    "board_folder", os.path.join(os.path.dirname(os.path.abspath(__file__)), "board-folder.py"))
folder = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(folder)
sha = folder.sha

OFFICIALS = {name: folder.Key(20 + i) for i, name in enumerate(("claire", "hugo", "ines"))}
REGISTRAR = {"greffe": folder.Key(30)}
KEYS = {**OFFICIALS, **REGISTRAR}
HOUR = 3600


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime(
        "%Y-%m-%dT%H:%M:%SZ")


def seconds(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


def compact(fields):
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


class Order:
    """What officials sign, at a moment of the board."""

    def __init__(self, at, action, election, values=(), signers=("claire", "hugo"), text=None):
        self.at, self.action, self.election = at, action, election
        self.values, self.signers = list(values), list(signers)
        self.issued, self.text, self.service = at - 60, text, "vote.example.org/bb"

    def change(self, name, value):
        self.values = [(n, value if n == name else v) for n, v in self.values]

    def note(self):
        text = self.text or "".join(line + "\n" for line in [
            "urne-order/1", self.service + "/journal", self.action, self.election,
            moment(self.issued)] + [f"{n} {v}" for n, v in self.values])
        lines = [KEYS[s].note(s, text).split("\n\n", 1)[1] for s in self.signers]
        return text + "\n" + "".join(lines)

    def entry(self):
        return "Order", [compact({"at": moment(self.at), "order": self.note()})]


class Record:
    """What the board found by itself."""

    def __init__(self, at, kind, fields, content=None):
        self.at, self.kind, self.fields, self.content = at, kind, fields, content

    def entry(self):
        payload = compact({"at": moment(self.at), "record": self.kind, **self.fields})
        return "Record", ([self.content] if self.content else []) + [payload]


class Genesis:
    def __init__(self, at, name):
        self.at, self.officials = at, dict(OFFICIALS)
        self.service, self.name = "vote.example.org/bb", name

    def entry(self):
        (greffe, key), = REGISTRAR.items()
        return "Genesis", [compact({
            "at": moment(self.at), "format": "urne-journal/1", "name": self.name,
            "service": self.service, "agree": 2,
            "officials": [k.text(n) for n, k in self.officials.items()],
            "registrar": key.text(greffe)})]


def lawful(o, e):
    """The journal of a vote in which nothing went wrong that was not said."""
    election, _, credentials, setup = e.data[0]
    uuid = e.uuid
    test = json.loads(election)["name"].startswith("[TEST]")
    with open(o.vote, "rb") as f:
        vote = f.read()
    opens, closes = (seconds(json.loads(vote)[k]) for k in ("opens", "closes"))
    definition, software = sha(vote).hex(), sha(b"urne-board").hex()
    roll = json.loads(credentials)
    types = [json.loads(x)["type"] for x in e.events]
    before = opens - 48 * HOUR
    late = seconds(o.extend) if o.extend else closes + HOUR

    def order(at, action, *values, **more):
        return Order(at, action, uuid, values, **more)

    def tree(at, kind, size):
        record = Record(at, kind, {"election": uuid, "size": size, "root": e.root(0, size).hex()})
        record.before = {"size": size - 1, "root": e.root(0, size - 1).hex()}
        return record

    entries = [
        Genesis(before, o.name),
        Record(before + 1, "software", {"hash": software}),
        order(before + 2, "prepare", ("definition", definition),
              ("group", json.loads(election)["group"]), ("threshold", 1),
              ("trustee", folder.Key(40).text("tom"))),
        order(before + 3, "roll", ("credentials", sha(credentials).hex()), ("count", len(roll)),
              ("weight", len(roll)), signers=["greffe"]),
        order(before + 4, "seal", ("setup", sha(setup).hex()), ("definition", definition),
              ("trustees", 1), ("opens", moment(opens)), ("closes", moment(closes)),
              ("kind", "test" if test else "vote")),
    ]
    for i, path in enumerate(o.rehearsal):
        with open(path, "rb") as f:
            content = f.read()
        entries.append(Record(before + 5 + i, "rehearsed", {
            "election": uuid, "trustee": i + 1, "object": sha(content).hex()}, content))
    at = before + HOUR
    entries += [
        order(at, "checklist", ("urn", e.root(0, 1).hex()), ("software", software),
              ("rehearsed", len(o.rehearsal))),
        order(at + 1, "open"),
        tree(opens, "opened", 1),
        order(opens + HOUR, "incident", ("text", "Panne du réseau dans trois communes.")),
        order(closes - HOUR, "extend", ("closes", moment(late)),
              ("reason", "Panne du réseau dans trois communes.")),
        Order(closes - 60, "intervention", "-", [("text", "Un disque a été remplacé.")]),
    ]
    if types[-1] == "Result":
        entries += [
            tree(late, "closed", types.index("EndBallots") + 1),
            tree(late + 60, "tallied", types.index("EncryptedTally") + 1),
            order(late + HOUR, "release", ("result", sha(e.data[-1][-1]).hex())),
        ]
    if o.minutes:
        with open(o.minutes, "rb") as f:
            entries.append(order(late + 2 * HOUR, "certify", ("minutes", sha(f.read()).hex())))
    return entries


# --- lies ---

def find(entries, name):
    return next(i for i, x in enumerate(entries)
                if name in (getattr(x, "action", None), getattr(x, "kind", None)))


def the(entries, name):
    return entries[find(entries, name)]


def other(hexadecimal):
    return ("0" if hexadecimal[0] != "0" else "1") + hexadecimal[1:]


def dropped_order(entries):
    del entries[find(entries, "open")]


def one_signature(entries):
    the(entries, "extend").signers = ["ines"]


def revoked_official(entries):
    at = the(entries, "opened").at + 1
    entries.insert(find(entries, "opened") + 1, Order(
        at, "revoke", "-", [("official", "hugo"), ("reason", "Clé perdue.")], ["claire", "ines"]))


def other_election(entries):
    the(entries, "open").election = "8GpLcyFqQvDrUn"


def other_journal(entries):
    o = the(entries, "open")
    o.text = o.note().split("\n\n", 1)[0].replace("vote.example.org", "other.example.org") + "\n"


def replayed(entries):
    i = find(entries, "extend")
    entries.insert(i + 1, entries[i])


def unknown_signer(entries):
    KEYS["claire"] = folder.Key(50)


def closed_early(entries):
    the(entries, "closed").at -= HOUR // 2


def opened_with_ballots(entries):
    the(entries, "opened").fields["size"] = 2


def opened_root(entries):
    r = the(entries, "opened").fields
    r["root"] = other(r["root"])
    the(entries, "checklist").change("urn", r["root"])


def other_urn(entries):
    the(entries, "checklist").change("urn", other(the(entries, "opened").fields["root"]))


def another_line(entries):
    the(entries, "open").signers.append("greffe")


def closed_root(entries):
    r = the(entries, "closed").fields
    r["root"] = other(r["root"])


def closed_before_the_end(entries):
    r = the(entries, "closed")
    r.fields.update(r.before)


def result_not_ordered(entries):
    del entries[find(entries, "release"):]


def other_result(entries):
    o = the(entries, "release")
    o.change("result", other(dict(o.values)["result"]))


def rehearsal_changed(entries):
    r = the(entries, "rehearsed")
    text = r.content.decode()
    at = text.index('"response":"') + len('"response":"')
    r.content = (text[:at] + ("2" if text[at] == "1" else "1") + text[at + 1:]).encode()
    r.fields["object"] = sha(r.content).hex()


def roll_after_seal(entries):
    i = find(entries, "seal")
    roll = the(entries, "roll")
    again = Order(entries[i].at, "roll", roll.election, roll.values, roll.signers)
    again.change("count", int(dict(roll.values)["count"]) + 1)
    entries.insert(i + 1, again)


def other_roll(entries):
    o = the(entries, "roll")
    o.change("credentials", other(dict(o.values)["credentials"]))


def other_setup(entries):
    o = the(entries, "seal")
    o.change("setup", other(dict(o.values)["setup"]))


def other_definition(entries):
    for name in ("prepare", "seal"):
        o = the(entries, name)
        o.change("definition", other(dict(o.values)["definition"]))


def other_hours(entries):
    o = the(entries, "seal")
    o.change("opens", moment(the(entries, "opened").at - 1))


def other_kind(entries):
    the(entries, "seal").change("kind", "test")


def other_group(entries):
    o = the(entries, "prepare")
    o.change("group", "BELENIOS-2048" if dict(o.values)["group"] == "Ed25519" else "Ed25519")


def other_service(entries):
    entries[0].service = "other.example.org/bb"


def all_of_another_service(entries):
    for entry in entries:
        entry.service = "other.example.org/bb"


def nothing_of_it(entries):
    del entries[2:]


def genesis_exchanged(entries):
    entries[0].exchanged = True


def pages_of_no_form(entries):
    content = b'{"format":"urne-pages/1","files":[{"path":"x"}]}'
    entries.append(Record(entries[-1].at + 1, "pages", {"manifest": sha(content).hex()}, content))


LIES = {f.__name__.replace("_", "-"): f for f in (
    dropped_order, one_signature, revoked_official, other_election, other_journal, replayed,
    unknown_signer, closed_early, opened_with_ballots, opened_root, other_urn, another_line, closed_root,
    closed_before_the_end, result_not_ordered, other_result, rehearsal_changed, roll_after_seal,
    other_roll, other_setup, other_definition, other_hours, other_kind, other_group,
    other_service, pages_of_no_form,
    all_of_another_service, nothing_of_it, genesis_exchanged)}


# --- the archive ---

def record(body, kind, timestamp):
    """formats.md, .bel file: an old tar header, the body, zeros up to the next block."""
    name = sha(body).hex() + kind
    head = bytearray(512)
    head[:len(name)] = name.encode()
    head[100:108] = b"0000644\0"
    head[108:116] = head[116:124] = b"0000000\0"
    head[124:136] = b"%011o\0" % len(body)
    head[136:148] = b"%011o\0" % timestamp
    head[148:156] = b" " * 8
    head[156:157] = b"0"
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + body + bytes(-len(body) % 512)


def build(o, entries, start):
    """`start` is the first record of an archive, to be taken over."""
    timestamp = int(start[136:147], 8)
    out, parent = bytearray(start), None
    for height, entry in enumerate(entries):
        kind, data = entry.entry()
        event = {"height": height, "type": kind, "payload": sha(data[-1]).hex()}
        if parent:
            event = {"parent": parent, **event}
        event = compact(event)
        parent = sha(event).hex()
        if getattr(entry, "exchanged", False):
            entry.officials = {"claire": folder.Key(60), "hugo": folder.Key(61)}
            data = entry.entry()[1]
            event = compact({"height": 0, "type": kind, "payload": sha(data[-1]).hex()})
        for body in data:
            out += record(body, ".data.json", timestamp)
        out += record(event, ".event.json", timestamp)
    folder.write(o.out, bytes(out))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("election", nargs="?")
    p.add_argument("out", nargs="?")
    p.add_argument("--vote")
    p.add_argument("--minutes")
    p.add_argument("--rehearsal", action="append", default=[])
    p.add_argument("--until")
    p.add_argument("--name", default="Mouvement des rives")
    p.add_argument("--extend")
    p.add_argument("--lie", choices=sorted(LIES))
    p.add_argument("--lies", action="store_true")
    o = p.parse_args()
    if o.lies:
        print("\n".join(LIES))
        return
    e = folder.Archive(o.election)
    entries = lawful(o, e)
    if o.lie:
        LIES[o.lie](entries)
    if o.until:
        del entries[find(entries, o.until) + 1:]
    size = int(e.raw[124:135], 8)
    build(o, entries, e.raw[:512 + (size + 511) // 512 * 512])


main()
