// A process of its own for a campaign: histories replace the process's timers and chance. Asked by argument, answers JSON.
import { playCampaign, type CampaignOptions } from './campaign.ts';

const options = JSON.parse(process.argv[2] ?? '') as CampaignOptions;
process.stdout.write(JSON.stringify(await playCampaign(options)));
