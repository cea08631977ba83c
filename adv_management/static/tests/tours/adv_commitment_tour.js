import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const {DateTime} = luxon;

/** The Saturday after next, as an American types it. */
function getClosedDay() {
    return DateTime.now().startOf("week").plus({weeks: 1, days: 5});
}

function openApp() {
    return [
        stepUtils.showAppsMenuItem(),
        {
            trigger: ".o_app[data-menu-xmlid='adv_management.adv_root_menu']",
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("adv_commitment_call", {
    steps: () => [
        ...openApp(),
        {
            trigger: ".o_menu_sections .o_nav_entry:contains(To call today)",
            run: "click",
        },
        {
            content: "The customer to call, with a phone number",
            trigger: ".o_group_header:contains(Garage Martin):contains(01 23 45)",
        },
        {
            content: "The reason is said in words: open the line",
            trigger: ".o_data_row:contains(working days late) td[name=product_id]",
            run: "click",
        },
        {
            trigger: ".o_form_view .alert-danger:contains(10 still to deliver)",
        },
        {
            content: "The cause is proposed: goods reserved that nobody shipped",
            trigger:
                ".o_form_view .o_inner_group:has([name=cause_id]):contains(proposed)",
        },
        {
            trigger: "button[name=action_change_promise]",
            run: "click",
        },
        {
            content: "No proof is asked for before the customer is named",
            trigger: ".modal .o_form_view:not(:has(div[name=proof]))",
        },
        {
            trigger: ".modal div[name=answer] label:contains(customer accepted)",
            run: "click",
        },
        {
            trigger: ".modal div[name=proof] label:contains(Call note)",
            run: "click",
        },
        {
            trigger: ".modal div[name=date_new] input",
            run: `edit ${getClosedDay().toFormat("MM/dd/yyyy")} && press Tab`,
        },
        {
            content: "A Saturday counts from Monday",
            trigger: ".modal div[name=closed_day_note]:contains(Monday)",
        },
        {
            trigger: ".modal div[name=reason] input",
            run: "edit The press broke down && press Tab",
        },
        {
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        {
            content: "The history tells who wanted what, and how we know",
            trigger:
                "body:not(:has(.modal)) div[name=revision_ids] .o_data_row:contains(The press broke down):contains(Call note)",
        },
        {
            trigger: ".o_breadcrumb a:contains(To call today)",
            run: "click",
        },
        {
            content: "The promise can be kept: nobody to call any more",
            trigger: ".o_view_nocontent:contains(Nobody to call today)",
        },
    ],
});

registry.category("web_tour.tours").add("adv_commitment_check", {
    steps: () => [
        ...openApp(),
        {
            trigger: ".o_menu_sections button:contains(Orders)",
            run: "click",
        },
        {
            trigger: ".dropdown-menu .dropdown-item:contains(To check)",
            run: "click",
        },
        {
            content: "What cannot be right, with what to do",
            trigger:
                "body:has(.o_group_header:contains(Promised in the past)) .o_data_row:contains(Agree on a date that can be kept) button[name=action_change_promise]",
            run: "click",
        },
        {
            trigger: ".modal .o_form_view div[name=date_present]",
        },
    ],
});

registry.category("web_tour.tours").add("adv_on_time_figures", {
    steps: () => [
        ...openApp(),
        {
            trigger: ".o_menu_sections button:contains(Analysis)",
            run: "click",
        },
        {
            trigger: ".dropdown-menu .dropdown-item:contains(First promise)",
            run: "click",
        },
        {
            content: "We put one of two off ourselves",
            trigger: ".o_pivot tbody tr:contains(Total) td:contains(50%)",
        },
        {
            trigger: ".o_switch_view.o_graph",
            run: "click",
        },
        {
            trigger: ".o_graph_view canvas",
        },
        {
            trigger: ".o_menu_sections button:contains(Analysis)",
            run: "click",
        },
        {
            trigger: ".dropdown-menu .dropdown-item:contains(Current promise)",
            run: "click",
        },
        {
            content: "The customer agreed: both are on time. Open the list behind it",
            trigger: ".o_pivot tbody tr:contains(Total) td:contains(100%)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:nth-of-type(2):contains(Garage Martin)",
        },
    ],
});
