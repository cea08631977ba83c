import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("adv_notice_send", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            trigger: ".o_app[data-menu-xmlid='adv_management.adv_root_menu']",
            run: "click",
        },
        {
            content: "The order that will be late is to be handled",
            trigger:
                ".o_list_view .o_data_row:contains(Garage Martin) td[name=partner_id]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_inform_customer]",
            run: "click",
        },
        {
            content: "A date to tell is proposed for the goods",
            trigger:
                ".modal .o_data_row:contains(Armoire) td[name=date_new]:not(:empty)",
        },
        {
            trigger: ".modal footer button[name=action_preview]",
            run: "click",
        },
        {
            content: "What the customer will read: the first words are changed",
            trigger:
                "body:not(:has(.modal)) div[name=body] .odoo-editor-editable p:contains(Hello)",
            run: "editor Dear Mr Martin,",
        },
        {
            trigger: "button[name=action_send]",
            run: "click",
        },
        {
            content: "It leaves at once",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(On its way)",
        },
        {
            trigger: "div[name=body]:contains(Dear Mr Martin)",
        },
    ],
});

registry.category("web_tour.tours").add("adv_portal_accept", {
    steps: () => [
        {
            content: "The old date and the new one",
            trigger: "#adv_delivery_lines:contains(Armoire):contains(New date)",
        },
        {
            trigger: "details summary:contains(Our message)",
            run: "click",
        },
        {
            trigger: "details[open]:contains(Dear Mr Martin)",
        },
        {
            trigger: "input#adv_accept",
            run: "click",
        },
        {
            trigger: "button:contains(Send my answer)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".alert-success:contains(noted it as agreed)",
        },
        {
            content: "One answer can be sent",
            trigger: "#wrap:not(:has(form))",
        },
    ],
});
