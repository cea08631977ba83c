import {registry} from "@web/core/registry";
import {formatPercentage} from "@web/views/fields/formatters";
import {
    PercentageField,
    percentageField,
} from "@web/views/fields/percentage/percentage_field";

const DIGITS = [16, 1];

/**
 * Format a rate between 0 and 1. Unlike Odoo's percentage, no data is shown as
 * nothing and not as 0 %.
 *
 * @param {number|false|undefined} value
 * @param {{ digits?: [number, number] }} [options] one decimal by default
 * @returns {string}
 */
export function formatRate(value, options = {}) {
    if (typeof value !== "number") {
        return "";
    }
    return formatPercentage(value, {digits: options.digits || DIGITS});
}

export class RateField extends PercentageField {
    get formattedValue() {
        return formatRate(this.props.record.data[this.props.name], {
            digits: this.props.digits,
        });
    }
}

registry.category("formatters").add("adv_rate", formatRate);
registry.category("fields").add("adv_rate", {...percentageField, component: RateField});
