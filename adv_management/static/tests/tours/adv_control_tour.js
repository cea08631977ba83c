import {registry} from "@web/core/registry";

const CONTROL = "Price other than the price list";
const STOP = ".modal:contains(Stopped by the controls)";
const PRICE_ROW = `.o_data_row:contains(${CONTROL})`;

/** Write why, and apply the wizard. */
function giveReason(words, button) {
    return [
        {
            trigger: ".modal div[name=reason] input",
            run: `edit ${words}`,
        },
        {
            trigger: `.modal footer button[name=action_apply]:contains(${button})`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("adv_control_ask", {
    steps: () => [
        {
            trigger: "button[name=action_adv_confirm]:not(.d-none)",
            run: "click",
        },
        {
            content: "The dialog says what stops, in words: open it",
            trigger: `${STOP} ${PRICE_ROW} td[name=text]:contains(8.00):contains(10.00)`,
            run: "click",
        },
        {
            content: "The result, with what was found",
            trigger: ".modal .o_form_view:has(h1:contains(Price other)) .o_data_row",
        },
        {
            trigger: ".modal:has(h1:contains(Price other)) .o_form_button_cancel",
            run: "click",
        },
        {
            content: "The assistant may not waive: she asks",
            trigger: `${STOP} ${PRICE_ROW}:not(:has(button[name=action_waive])) button[name=action_request]`,
            run: "click",
        },
        {
            content: "Somebody who may decide is proposed",
            trigger: ".modal div[name=approver_id] input:value(Marc)",
        },
        ...giveReason("Agreed by phone", "Ask for approval"),
        {
            content: "The dialog is back, and says who asked",
            trigger: `${STOP} ${PRICE_ROW}:not(:has(button[name=action_request])) td[name=decision]:contains(Approval asked by Paule)`,
        },
        {
            trigger: `${STOP} button[name=action_tick]`,
            run: "click",
        },
        {
            content: "What is ticked is settled, the dialog stays",
            trigger: `${STOP} .o_data_row:contains(Signed):contains(Passed)`,
        },
        {
            content: "Without VAT number: that is corrected on the customer",
            trigger: `${STOP} .o_data_row:contains(VAT) button[name=action_fix]`,
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_form_view div[name=vat] input",
            run: "edit /",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});

registry.category("web_tour.tours").add("adv_control_waive", {
    steps: () => [
        {
            trigger: ".o_notebook .nav-link[name=adv_controls]",
            run: "click",
        },
        {
            trigger: `${PRICE_ROW}:contains(Approval asked by Paule) button[name=action_waive]`,
            run: "click",
        },
        ...giveReason("Price of the trade fair", "Waive"),
        {
            content: "The page says who decided, and why",
            trigger: `${PRICE_ROW}:contains(Waived) td[name=decision]:contains(Marc: Price of the trade fair)`,
        },
    ],
});

registry.category("web_tour.tours").add("adv_control_confirm", {
    steps: () => [
        {
            trigger: "button[name=action_adv_confirm]:not(.d-none)",
            run: "click",
        },
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains(Sales Order)",
        },
    ],
});
