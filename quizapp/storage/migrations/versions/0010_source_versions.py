"""Texts of sources by version, evidence as quotes, and where each stands now

Texts attached so far become version 1 of their source. A teacher's deck gets an address that no deck of
a bank can have (a bank's names hold no full stop).

Revises: 0004
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Row = dict[str, Any]
AROUND = 32  # characters kept before and after a quote


def upgrade() -> None:
    passages = _rows(
        "SELECT source_id, paragraph, sentence, digest, text FROM passage "
        "ORDER BY source_id, paragraph, sentence"
    )
    _create_tables()
    texts: dict[int, list[Row]] = {}
    for row in passages:
        texts.setdefault(row["source_id"], []).append(row)
    for source_id, rows in texts.items():
        _keep_text(source_id, rows)
    _give_addresses()


def _rows(query: str, **values: object) -> list[Row]:
    return [dict(row) for row in op.get_bind().execute(sa.text(query), values).mappings()]


def _create_tables() -> None:
    op.create_table(
        "source_version",
        sa.Column("id", INT, nullable=False),
        sa.Column("source_id", INT, nullable=False),
        sa.Column("number", INT, nullable=False),
        sa.Column("author_id", INT, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_source_version_source_id_source"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["account.id"],
            name=op.f("fk_source_version_author_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_version")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_source_version_source_id_number")),
    )
    op.create_index(op.f("ix_source_version_author_id"), "source_version", ["author_id"])
    op.create_table(
        "struck_paragraph",
        sa.Column("version_id", INT, nullable=False),
        sa.Column("paragraph", INT, nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["source_version.id"],
            name=op.f("fk_struck_paragraph_version_id_source_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "paragraph", name=op.f("pk_struck_paragraph")),
    )
    op.drop_table("passage")
    op.create_table(
        "passage",
        sa.Column("id", INT, nullable=False),
        sa.Column("version_id", INT, nullable=False),
        *_passage_columns("version_id", "source_version"),
    )
    with op.batch_alter_table("source") as batch:
        batch.add_column(sa.Column("owner_id", INT, nullable=True))
        batch.add_column(sa.Column("address", sa.String(length=2000), nullable=False, server_default=""))
        batch.add_column(sa.Column("added_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("version_id", INT, nullable=True))
        batch.create_foreign_key(op.f("fk_source_owner_id_account"), "account", ["owner_id"], ["id"])
        batch.create_foreign_key(
            "fk_source_version_id_source_version", "source_version", ["version_id"], ["id"]
        )
        batch.create_index(op.f("ix_source_owner_id"), ["owner_id"])
        batch.create_index(op.f("ix_source_version_id"), ["version_id"])
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("source_version_id", INT, nullable=True))
        batch.add_column(sa.Column("exact", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("prefix", sa.String(length=64), nullable=False, server_default=""))
        batch.add_column(sa.Column("suffix", sa.String(length=64), nullable=False, server_default=""))
        batch.create_foreign_key(
            op.f("fk_evidence_source_version_id_source_version"),
            "source_version",
            ["source_version_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch.create_index(op.f("ix_evidence_source_version_id"), ["source_version_id"])
    _create_anchor()


def _passage_columns(parent: str, table: str) -> tuple[Any, ...]:
    return (
        sa.Column("paragraph", INT, nullable=False),
        sa.Column("sentence", INT, nullable=False),
        sa.Column("digest", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            [parent], [f"{table}.id"], name=op.f(f"fk_passage_{parent}_{table}"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint(
            parent, "paragraph", "sentence", name=op.f(f"uq_passage_{parent}_paragraph_sentence")
        ),
    )


def _create_anchor() -> None:
    op.create_table(
        "anchor",
        sa.Column("id", INT, nullable=False),
        sa.Column("evidence_id", INT, nullable=False),
        sa.Column("version_id", INT, nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("paragraph", INT, nullable=True),
        sa.Column("sentence", INT, nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", INT, nullable=True),
        sa.CheckConstraint(
            "standing IN ('intact', 'moved', 'changed', 'gone')", name=op.f("ck_anchor_standing")
        ),
        sa.CheckConstraint(
            "outcome IN ('', 'kept', 'dismissed', 'retired')", name=op.f("ck_anchor_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_anchor_evidence_id_evidence"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["source_version.id"],
            name=op.f("fk_anchor_version_id_source_version"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["account.id"], name=op.f("fk_anchor_settled_by_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("evidence_id", "version_id", name=op.f("uq_anchor_evidence_id_version_id")),
    )
    op.create_index(op.f("ix_anchor_version_id_paragraph"), "anchor", ["version_id", "paragraph"])
    op.create_index(op.f("ix_anchor_settled_by"), "anchor", ["settled_by"])


def _keep_text(source_id: int, rows: list[Row]) -> None:
    """The text attached becomes version 1, and what is cited gets its place in it."""
    (source,) = _rows("SELECT boilerplate, attached_at FROM source WHERE id = :id", id=source_id)
    parts: dict[int, list[str]] = {}
    for row in rows:
        parts.setdefault(row["paragraph"], []).append(" ".join(row["text"].split()))
    text = "\n".join(" ".join(part) for part in parts.values())
    version = sa.table(
        "source_version",
        *(sa.column(name) for name in ("source_id", "number", "note", "digest")),
        sa.column("id", INT),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    at = source["attached_at"] or datetime(2026, 1, 1, tzinfo=UTC)
    if isinstance(at, str):
        at = datetime.fromisoformat(at)
    values = {"source_id": source_id, "number": 1, "note": "", "created_at": at}
    values["digest"] = sha256(text.encode()).hexdigest()
    op.get_bind().execute(version.insert().values(values))
    (made,) = _rows("SELECT id FROM source_version WHERE source_id = :id", id=source_id)
    columns = ("version_id", "paragraph", "sentence", "digest", "text")
    _insert("passage", [row | {"version_id": made["id"]} for row in rows], columns)
    struck = [
        {"version_id": made["id"], "paragraph": number, "why": "bank"}
        for number in sorted(_numbers(source["boilerplate"]) & parts.keys())
    ]
    _insert("struck_paragraph", struck, ("version_id", "paragraph", "why"))
    op.get_bind().execute(
        sa.text("UPDATE source SET version_id = :version WHERE id = :id"),
        {"version": made["id"], "id": source_id},
    )
    _anchor(source_id, made["id"], rows)


def _anchor(source_id: int, version_id: int, rows: list[Row]) -> None:
    bearers: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        bearers.setdefault(row["digest"], []).append(index)
    texts = [row["text"] for row in rows]
    anchors, quoted = [], []
    for cited in _rows(
        "SELECT id, paragraph, sentence, digest FROM evidence WHERE source_id = :id", id=source_id
    ):
        places = bearers.get(cited["digest"])
        if not places:
            anchors.append({"evidence_id": cited["id"], "version_id": version_id, "standing": "gone"}
                           | {"paragraph": None, "sentence": None, "outcome": ""})
            continue
        here = [i for i in places if _place(rows[i]) == _place(cited)]
        index = (here or sorted(places, key=lambda i: abs(rows[i]["paragraph"] - cited["paragraph"])))[0]
        anchors.append(
            {"evidence_id": cited["id"], "version_id": version_id, "outcome": ""}
            | {"standing": "intact" if here else "moved"}
            | {"paragraph": rows[index]["paragraph"], "sentence": rows[index]["sentence"]}
        )
        quoted.append(
            {"id": cited["id"], "version": version_id, "exact": texts[index]}
            | {"prefix": "".join(f"{text} " for text in texts[max(0, index - AROUND) : index])[-AROUND:]}
            | {"suffix": "".join(f" {text}" for text in texts[index + 1 : index + 1 + AROUND])[:AROUND]}
        )
    _insert(
        "anchor", anchors, ("evidence_id", "version_id", "standing", "paragraph", "sentence", "outcome")
    )
    if quoted:
        op.get_bind().execute(
            sa.text(
                "UPDATE evidence SET source_version_id = :version, exact = :exact, prefix = :prefix, "
                "suffix = :suffix WHERE id = :id"
            ),
            quoted,
        )


def _place(row: Row) -> tuple[int, int]:
    return row["paragraph"], row["sentence"]


def _numbers(text: str) -> set[int]:
    """The numbers that `1-5,17` names."""
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


def _insert(table: str, rows: list[Row], columns: tuple[str, ...]) -> None:
    if rows:
        target = sa.table(table, *(sa.column(name) for name in columns))
        op.get_bind().execute(target.insert(), [{name: row[name] for name in columns} for row in rows])


def _give_addresses() -> None:
    taken = {row["slug"] for row in _rows("SELECT slug FROM deck")}
    for deck in _rows("SELECT id, slug FROM deck WHERE owner_id IS NOT NULL ORDER BY id"):
        base = "t." + deck["slug"][:60].strip("-")
        slug = next(
            name for name in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if name not in taken
        )
        taken.add(slug)
        op.get_bind().execute(
            sa.text("UPDATE deck SET slug = :slug WHERE id = :id"), {"slug": slug, "id": deck["id"]}
        )


def downgrade() -> None:
    passages = _rows(
        "SELECT source.id AS source_id, paragraph, sentence, digest, text FROM passage "
        "JOIN source ON source.version_id = passage.version_id"
    )
    op.drop_table("anchor")
    with op.batch_alter_table("evidence") as batch:
        batch.drop_index(op.f("ix_evidence_source_version_id"))
        batch.drop_constraint(op.f("fk_evidence_source_version_id_source_version"), type_="foreignkey")
        for name in ("source_version_id", "exact", "prefix", "suffix"):
            batch.drop_column(name)
    with op.batch_alter_table("source") as batch:
        batch.drop_index(op.f("ix_source_owner_id"))
        batch.drop_index(op.f("ix_source_version_id"))
        batch.drop_constraint(op.f("fk_source_owner_id_account"), type_="foreignkey")
        batch.drop_constraint("fk_source_version_id_source_version", type_="foreignkey")
        for name in ("owner_id", "address", "added_at", "version_id"):
            batch.drop_column(name)
    op.drop_table("passage")
    op.drop_table("struck_paragraph")
    op.drop_table("source_version")
    op.create_table(
        "passage",
        sa.Column("id", INT, nullable=False),
        sa.Column("source_id", INT, nullable=False),
        *_passage_columns("source_id", "source"),
    )
    _insert("passage", passages, ("source_id", "paragraph", "sentence", "digest", "text"))
