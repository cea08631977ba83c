import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

/** One click on the row of an order, after which the row leaves the queue. */
function classify(right, button) {
    return [
        {
            trigger: `.o_data_row:contains(${right}) button[name=${button}]`,
            run: "click",
        },
        {
            trigger: `.o_list_view:not(:has(.o_data_row:contains(${right})))`,
        },
    ];
}

registry.category("web_tour.tours").add("adv_entry_error_classify", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            trigger: ".o_app[data-menu-xmlid='adv_management.adv_root_menu']",
            run: "click",
        },
        {
            trigger:
                ".o_menu_sections button[data-menu-xmlid='adv_management.adv_orders_menu']",
            run: "click",
        },
        {
            trigger:
                ".o-dropdown--menu [data-menu-xmlid='adv_management.adv_entry_error_classify_menu']",
            run: "click",
        },
        {
            content: "What was entered, what it became: the oldest facts are enough",
            trigger: ".o_data_row:contains(PO-1) td[name=label_right]:contains(PO-1)",
        },
        ...classify("PO-1", "action_is_error"),
        ...classify("PO-2", "action_is_customer_change"),
        ...classify("PO-3", "action_is_no_error"),
        {
            trigger: ".o_view_nocontent:contains(Nothing to classify)",
        },
    ],
});
