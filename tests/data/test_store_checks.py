import sqlite3

from sqlite_utils import Database

from nianbao.data.records import Cell, Check, Table
from nianbao.data.store import Store
from nianbao.data.store.schema import APPLICATION_ID, migrations

CHECK = Check(
    kind="prose",
    rule="prose.received",
    state="fails",
    severity="warning",
    left=37,
    right=40,
    difference=-3,
    cells=("new_requests.total",),
    places=((4, 12), (40, 41)),
    message="正文“收到申请37件”，表中40，不一致。",
)


def test_checks_and_remarks_on_tables_come_back(store, put):
    table = Table(
        table="requests",
        form="2021",
        cells={"granted.total": Cell(state="blank")},
        notes=("“予以公开”有6个数，应有7个",),
    )
    report = put("年报。", checks=(CHECK, Check(kind="soft", state="holds")), tables=(table,))
    assert store.report(report.id) == report


def test_checks_of_an_older_schema_are_kept(path):
    db = Database(sqlite3.connect(path), execute_plugins=False)
    db.execute(f"pragma application_id = {APPLICATION_ID}")
    migrations.apply(db, stop_before="m005_checks")
    db.execute("pragma user_version = 4")
    db.execute(
        "insert into reports (id, text, genre, length, number) values ('a', '年报', 'disclosure', 2, 1)"
    )
    db.execute(
        "insert into checks (report_id, kind, state, cells, message) values ('a', 'soft', 'holds', '[]', '')"
    )
    db.execute("insert into tables (report_id, \"table\") values ('a', 'requests')")
    db.conn.commit()
    db.close()
    with Store.open(path) as store:
        report = store.report("a")
        assert report.checks == (Check(kind="soft", state="holds"),)
        assert [table.notes for table in report.tables] == [()]
        assert [row["severity"] for row in store.rows("check_results")] == ["error"]
