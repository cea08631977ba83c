import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {formatRate} from "@adv_management/kpi/rate_field";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {
    defineModels,
    fields,
    makeMockEnv,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

class Line extends models.Model {
    _name = "line";

    team = fields.Char();
    rate = fields.Float({aggregator: "avg"});

    _records = [
        {id: 1, team: "north", rate: 1},
        {id: 2, team: "south", rate: 1 / 3},
        {id: 3, team: "west", rate: 0},
    ];
}

defineMailModels();
defineModels([Line]);

test("a rate is shown in percent, with at most one decimal", async () => {
    await makeMockEnv();
    expect(formatRate(0.5)).toBe("50%");
    expect(formatRate(2 / 3)).toBe("66.7%");
    expect(formatRate(0)).toBe("0%");
});

test("no data is shown as nothing, never as 0 %", () => {
    expect(formatRate(false)).toBe("");
    expect(formatRate(undefined)).toBe("");
});

test("pivot: group without data stays empty", async () => {
    onRpc("formatted_read_grouping_sets", async ({parent}) => {
        const levels = await parent();
        for (const group of levels.flat()) {
            group["rate:avg"] =
                {north: 1, south: 1 / 3, west: false}[group.team] ?? 0.5;
        }
        return levels;
    });
    await mountView({
        type: "pivot",
        resModel: "line",
        arch: `
            <pivot>
                <field name="team" type="row"/>
                <field name="rate" type="measure" widget="adv_rate"/>
            </pivot>`,
    });
    expect(queryAllTexts(".o_pivot_cell_value")).toEqual(["50%", "100%", "33.3%", ""]);
});

test("list", async () => {
    await mountView({
        type: "list",
        resModel: "line",
        arch: `<list><field name="rate" widget="adv_rate"/></list>`,
    });
    expect(queryAllTexts(".o_data_row")).toEqual(["100%", "33.3%", "0%"]);
});
