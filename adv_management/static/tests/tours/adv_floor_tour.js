import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("adv_floor_report", {
    steps: () => [
        {
            content: "The warehouse has the delivery before it",
            trigger: ".o_form_view div[name=adv_incidents] button:contains(Shortage)",
            run: "click",
        },
        {
            content: "What is missing is counted already",
            trigger: ".modal .o_data_row:contains(Fonte) td[name=qty]:contains(2.00)",
        },
        {
            trigger: ".modal div[name=note] textarea",
            run: "edit Counted twice",
        },
        {
            trigger: ".modal footer button[name=action_declare]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o-mail-Chatter:contains(Counted twice)",
        },
    ],
});

registry.category("web_tour.tours").add("adv_floor_handle", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            trigger: ".o_app[data-menu-xmlid='adv_management.adv_root_menu']",
            run: "click",
        },
        {
            trigger: ".o_menu_sections button:contains(Warehouse)",
            run: "click",
        },
        {
            trigger: ".dropdown-menu .dropdown-item:contains(Incidents)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Fonte: 2) td[name=partner_id]",
            run: "click",
        },
        {
            trigger: ".o_form_view:contains(Counted twice) button[name=action_close]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_reopen]",
        },
    ],
});
