# DuckDB, two threads: the columns that the answer needs, as a table in memory.

import duckdb

from answer import NUMBERS, PLACE_AND_PERSON, TEXTS, measure

IS_BEYOND = '("Avg Jitter" > 30 OR "Avg Packet Loss Rate" > 0.1 OR "Avg Round Trip" > 500)'
IS_JUDGED = """("Second Connectivity Ice" IS DISTINCT FROM 'FAILED'
  AND coalesce("Avg Jitter", "Avg Packet Loss Rate", "Avg Round Trip") IS NOT NULL)"""


def groups_of(path):
    with open(path, encoding="utf-8") as file:
        headings = file.readline().rstrip("\n").split(",")
    types = {heading: "DOUBLE" if heading in NUMBERS else "VARCHAR" for heading in headings}
    needed = ", ".join(f'"{name}"' for name in TEXTS + NUMBERS)
    connection.execute(f"""
        CREATE TABLE streams AS SELECT {needed} FROM read_csv('{path}', auto_detect = false, header = true,
          delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', columns = {types})""")
    place_and_person = ", ".join(f'"{name}"' for name in PLACE_AND_PERSON)
    return connection.execute(f"""
        SELECT {place_and_person}, count(*),
          count(*) FILTER (WHERE {IS_JUDGED} AND {IS_BEYOND} IS NOT TRUE),
          count(*) FILTER (WHERE {IS_JUDGED} AND {IS_BEYOND} AND "Avg Packet Utilization" > 500)
        FROM streams WHERE "Media Type" = 'Audio' GROUP BY ALL""").fetchall()


connection = duckdb.connect(config={"threads": 2})
# Rows may come in any order: the answer is the same.
connection.execute("SET preserve_insertion_order = false")
measure(groups_of)
