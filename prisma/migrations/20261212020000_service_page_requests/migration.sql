-- The form by which a service asks for its page.
ALTER TYPE "site_request_kind" ADD VALUE 'service_page';
